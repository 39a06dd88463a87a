using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.ClockChanges;

/// <summary>The SLA declarations of a published version, for the open tasks of earlier versions too.</summary>
internal static class ChangePolicy
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("definitions/{id}/versions/{version:int}/policy/preview", PreviewAsync).Requires(Permission.ProposeClockChanges).Produces<ClockChangePreview>()
            .WithSummary("Proposes the targets and rungs of a version for the tasks of earlier ones and says what that would do to their open clocks; changes nothing");
        routes.MapPost("definitions/{id}/versions/{version:int}/policy/apply", ApplyAsync).Requires(Permission.ApproveClockChanges).Produces<ClockChangeView>(StatusCodes.Status202Accepted)
            .WithSummary("Brings a previewed policy into force for the tasks of earlier versions");
    }

    internal static Task<IResult> PreviewAsync(
        string id, int version, string? cursor, int? limit, HttpRequest request, Caller caller, ClockChangeDesk desk, CancellationToken cancel) =>
        desk.PreviewAsync(new(request, caller, new { id, version, cursor, limit }), (cursor, limit), db => FindAsync(db, id, version, cancel), cancel);

    internal static Task<IResult> ApplyAsync(string id, int version, ApplyClockChange body, HttpRequest request, Caller caller, ClockChangeDesk desk, CancellationToken cancel) =>
        desk.ApplyAsync(new(request, caller, new { version, body }), ClockChangeKind.Policy, id, body, async (db, proposal) => proposal.Version == Text(version)
            ? (await FindAsync(db, id, version, cancel)).Why
            : new(Reason.PreconditionFailed, $"the fingerprint of a preview of version {Text(version)}", $"that of version {proposal.Version}"), cancel);

    private static async Task<(ProposedVersion? Version, Rejection? Why)> FindAsync(WorkflowDb db, string id, int version, CancellationToken cancel)
    {
        var row = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == id && row.Version == version).Select(row => new { row.IsTask, row.RetractedAt }).SingleOrDefaultAsync(cancel);
        if (row is not { IsTask: true, RetractedAt: null })
            return (null, new(Reason.VersionUnknown, "a published version of a task definition that is not retracted", $"version {Text(version)} of '{id}'"));
        var inForce = (await Engine.Storage.ClockChanges.InForceAsync(db, ClockChangeKind.Policy, id, cancel))?.Version;
        if (inForce is not null && int.Parse(inForce, CultureInfo.InvariantCulture) >= version)
            return (null, ProblemResults.InputInvalid([new("/version", $"a version after {inForce}, whose policy is in force", Text(version))]));
        if (!await db.Definitions.AnyAsync(row => row.DefinitionId == id && row.Version < version, cancel))
            return (null, ProblemResults.InputInvalid([new("/version", "a version with earlier ones, whose tasks its policy is for", $"{Text(version)}, the first")]));
        return (new(ClockChangeKind.Policy, id, Text(version), null), null);
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
