using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Server.Access;
using Workflow.Server.Confidentiality;

namespace Workflow.Server.Features.Tasks;

/// <param name="Revision">Of the task when it was raised or joined.</param>
internal sealed record TaskCreated(string Id, string Number, int Revision)
{
    /// <summary>How many alarms of its subject it stands for; null where alarms do not join.</summary>
    public int? Alarms { get; init; }

    /// <summary>The number of the closed task that it repeats; null for a first one.</summary>
    public string? RepeatOf { get; init; }
}

internal static class RaiseTask
{
    /// <param name="Subject">What it is about, in a few words.</param>
    /// <param name="AreaCode">Statistical code of a street or community, or the code of a jurisdiction. It counts whatever the position says.</param>
    /// <param name="SubjectKey">The key of a registered subject. Without an area code its area is the task's. Where the definition joins alarms, the open task of this subject is joined.</param>
    /// <param name="Position">Where it is. Without an area code it decides, unless the area of the subject is closer.</param>
    /// <param name="Origin">Who wants it done, where that decides how it is treated: an order of a leader, a complaint. Null for an alarm, a patrol and whatever else.</param>
    /// <param name="DueBy">The deadline that an order gives, RFC 3339 with offset such as <c>2026-12-01T17:00:00+08:00</c>: the task's clock is due then. An alarm that joins an open task leaves that task's deadline as it is.</param>
    /// <param name="Reporter">Who reported it: kept in an encrypted record apart from the task, see docs/confidentiality.md. No other member is for personal data.</param>
    /// <param name="HiddenUntil">保密: until then, RFC 3339 with offset, the task is hidden from the area that it is about.</param>
    /// <param name="Inputs">Values for the inputs of the definition, by name.</param>
    public sealed record Body(
        string DefinitionId, string Subject, string? AreaCode = null, string? SubjectKey = null, Position? Position = null, Priority Priority = Priority.Normal,
        Dictionary<string, JsonElement>? Inputs = null, TaskOrigin? Origin = null, string? DueBy = null,
        ReporterBody? Reporter = null, string? HiddenUntil = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks", HandleAsync).Requires(Permission.RaiseTasks).Produces<TaskCreated>(StatusCodes.Status201Created).Produces<TaskCreated>()
            .WithSummary("Raises a task (201), or has an alarm join the open task of its subject (200)");

    internal static async Task<IResult> HandleAsync(Body body, HttpRequest request, Caller caller, TaskRaiser raiser, CancellationToken cancel) =>
        (await raiser.RaiseAsync(new(request, caller, body), body, cancel)).ToResult();
}
