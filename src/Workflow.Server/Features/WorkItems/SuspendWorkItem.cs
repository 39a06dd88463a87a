using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Features.WorkItems;

/// <summary>挂起: the clocks that name the reason in <c>pauseReasons</c> stop, where the reason asks for an approval once it is approved, back to now.</summary>
internal static class SuspendWorkItem
{
    /// <summary>Pieces of evidence that one suspension names.</summary>
    private const int MostEvidence = 50;

    /// <param name="Revision">The revision of the item that the caller saw.</param>
    /// <param name="Reason">One of the item's <c>pauseReasons</c>, or of the catalogue: a reason that no clock of the item names stops none.</param>
    /// <param name="Evidence">Ids of the item's evidence that is given for it.</param>
    public sealed record Body(int Revision, string Reason, string? Note = null, IReadOnlyList<string>? Evidence = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/{id}/suspension", HandleAsync).Requires(Permission.ReadTasks).Produces<WorkItemChanged>().WithSummary("Suspends a claimed item with a reason");

    internal static Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, WorkItemDesk desk, CancellationToken cancel)
    {
        var evidence = body.Evidence ?? [];
        ValueProblem? wrong = evidence.Count > MostEvidence ? new("/evidence", $"at most {MostEvidence} pieces", $"{evidence.Count}")
            : evidence.Any(id => id is null) ? new("/evidence", "ids of pieces of evidence", "null") : null;
        return desk.SubmitAsync(id, new(request, caller, body), [desk.CheckText("/reason", body.Reason), desk.CheckText("/note", body.Note, isRequired: false), wrong],
            (number, at) => new Stimulus.WorkItemSuspended(number, body.Revision, body.Reason, body.Note) { At = at, Evidence = [.. evidence] }, cancel);
    }
}
