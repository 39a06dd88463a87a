using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Confidentiality;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <summary>Somebody reported the task, and the caller may know who.</summary>
/// <param name="Confidential">保密: hidden from those who handle the task.</param>
internal sealed record ReporterMark(bool Confidential, bool MayErase)
{
    public static ReporterMark? Of(WorkflowInstance instance, Caller caller) =>
        instance.Task?.Reporter is { } reporter && ReporterRights.Of(reporter, instance.Task.RaisedBy?.UserId, instance.WorkItems, caller.Actor) is var right and not ReporterRight.None
            ? new(reporter.IsConfidential, right == ReporterRight.ReadAndErase)
            : null;
}

internal enum ReporterState
{
    Kept,
    Erased,

    /// <summary>Its key is not here: erased after the backup that this database comes from, or lost.</summary>
    Unreadable,
}

/// <param name="By">Null for retention.</param>
internal sealed record ReporterLookView(DateTimeOffset At, ReporterAct Act, Person? By, string? Address);

/// <param name="Masked">Only a part of each word is shown.</param>
/// <param name="Reporter">Null when it is erased or unreadable.</param>
/// <param name="ErasedBy">Null when it is not, or when retention did.</param>
/// <param name="Looks">Who has looked, latest first, this look included.</param>
internal sealed record ReporterView(
    bool Confidential, ReporterState State, bool Masked, Reporter? Reporter, DateTimeOffset StoredAt, DateTimeOffset? ErasedAt, Person? ErasedBy, IReadOnlyList<ReporterLookView> Looks);

/// <summary>Who reported a task. Every look is in the audit before it is answered; whoever may not look hears that there is nothing.</summary>
internal static class TaskReporter
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("tasks/{id}/reporter", HandleAsync).Requires(Permission.ReadTasks).Produces<ReporterView>()
            .WithSummary("Who reported a task, masked unless all of it is asked for; every look is in the audit");
        routes.MapDelete("tasks/{id}/reporter", EraseAsync).Requires(Permission.ReadTasks).Produces<ReporterView>()
            .WithSummary("Erases who reported a task, in every copy; the record says when and by whom");
    }

    /// <param name="full">All of it instead of a part of each word.</param>
    internal static async Task<IResult> HandleAsync(string id, bool? full, Caller caller, InstanceReader reader, ReporterVault vault, IOptions<Limits> limits, CancellationToken cancel)
    {
        var (record, right) = await FindAsync(id, caller, reader, vault, cancel);
        if (record is null) return ProblemResults.NotFound("a reporter");
        if (right == ReporterRight.None) return await RefuseAsync(record, caller, vault, cancel);
        await vault.NoteAsync(record, full == true ? ReporterAct.Read : ReporterAct.ReadMasked, caller.Actor, cancel);
        var reporter = vault.Open(record);
        return Results.Ok(await ViewAsync(record, full == true ? reporter : reporter?.Mask(), full != true, vault, limits.Value, cancel));
    }

    internal static async Task<IResult> EraseAsync(string id, Caller caller, InstanceReader reader, ReporterVault vault, IOptions<Limits> limits, CancellationToken cancel)
    {
        var (record, right) = await FindAsync(id, caller, reader, vault, cancel);
        if (record is null) return ProblemResults.NotFound("a reporter");
        if (right == ReporterRight.None) return await RefuseAsync(record, caller, vault, cancel);
        if (right != ReporterRight.ReadAndErase) return new Rejection(Reason.NotAllowed, "who took the report down, or a supervisor", caller.Actor.Name).ToResult();
        await vault.EraseAsync(record.Id, caller.Actor, cancel);
        return Results.Ok(await ViewAsync((await vault.FindAsync(record.InstanceId, cancel))!, null, true, vault, limits.Value, cancel));
    }

    /// <summary>The record of a task that the caller sees, or of one that was let go and whose record stays.</summary>
    private static async Task<(ReporterRow? Record, ReporterRight Right)> FindAsync(string id, Caller caller, InstanceReader reader, ReporterVault vault, CancellationToken cancel)
    {
        if (!InstanceId.TryParse(id, out var key) || await vault.FindAsync(key, cancel) is not { } record) return (null, ReporterRight.None);
        var reference = new ReporterReference(record.Id, record.IsConfidential);
        if (!record.OutlivesTask)
            return await reader.FindTaskAsync(key, caller, cancel) is { } task ? (record, ReporterRights.Of(reference, record.AcceptedById, task.WorkItems, caller.Actor)) : (null, ReporterRight.None);
        var sees = record.AcceptedById == caller.Actor.UserId || caller.SeesAll || caller.Scopes.Any(scope => record.AreaPath.StartsWith(scope, StringComparison.Ordinal));
        return sees ? (record, ReporterRights.Of(reference, record.AcceptedById, [], caller.Actor)) : (null, ReporterRight.None);
    }

    private static async Task<IResult> RefuseAsync(ReporterRow record, Caller caller, ReporterVault vault, CancellationToken cancel)
    {
        await vault.NoteAsync(record, ReporterAct.Refused, caller.Actor, cancel);
        return ProblemResults.NotFound("a reporter");
    }

    private static async Task<ReporterView> ViewAsync(ReporterRow record, Reporter? shown, bool isMasked, ReporterVault vault, Limits limits, CancellationToken cancel)
    {
        var looks = await vault.ReadNotesAsync(record, limits.PageSize, cancel);
        var state = record.ErasedAt is not null ? ReporterState.Erased : shown is null ? ReporterState.Unreadable : ReporterState.Kept;
        return new(
            record.IsConfidential, state, isMasked, shown, record.StoredAt, record.ErasedAt, Person.Of(record.ErasedById, record.ErasedByName),
            [.. looks.Select(look => new ReporterLookView(look.At, look.Act, Person.Of(look.UserId, look.UserName), look.Address))]);
    }
}
