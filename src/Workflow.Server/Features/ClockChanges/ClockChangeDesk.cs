using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.ClockChanges;

/// <param name="Fingerprint">Of the preview.</param>
/// <param name="Reason">Stands in the ledger of every clock that it moves.</param>
internal sealed record ApplyClockChange(string Fingerprint, string Reason);

/// <summary>The one way in which calendars and policies are previewed and applied.</summary>
internal sealed class ClockChangeDesk(CommandDesk desk, ClockPreview preview, ClockVisits visits, Database database, IOptions<Limits> limits)
{
    /// <summary>Keeps the version as a proposal and says what it would do to the open clocks.</summary>
    /// <param name="version">Null, with a refusal, where it cannot be proposed.</param>
    public async Task<IResult> PreviewAsync(Ask ask, (string? Cursor, int? Limit) page, Func<WorkflowDb, Task<(ProposedVersion? Version, Rejection? Why)>> version, CancellationToken cancel)
    {
        if (Page.Read(page.Cursor, page.Limit, 0, limits.Value, out var problem) is not { } read) return problem!;
        if (ClockChangePreview.PageOf(read) is not { } rows) return ProblemResults.Invalid([new("/cursor", "a cursor that this list gave out", page.Cursor!)]);
        return await desk.RunAsync(ask, async _ =>
        {
            var (row, why) = await ProposeAsync(ask.Caller, version, cancel);
            return why is not null ? Answer.Of(why) : Answer.Of(StatusCodes.Status200OK, await PreviewAsync(row!, rows, ask.Caller, cancel));
        }, cancel);
    }

    public async Task<ClockChangePreview> PreviewAsync(ClockChangeRow row, PreviewPage page, Caller caller, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var hidden = await Hiding.Hidden(db, caller).Where(task => task.OpenSince != null).Select(task => task.InstanceId).ToListAsync(cancel);
        return ClockChangePreview.Of(await ViewAsync(db, row, cancel), await preview.RunAsync(row, page with { Without = hidden.ToHashSet() }, cancel));
    }

    public static async Task<ClockChangeView> ViewAsync(WorkflowDb db, ClockChangeRow row, CancellationToken cancel) =>
        await ViewAsync(db, row, (await Engine.Storage.ClockChanges.InForceAsync(db, row.Kind, row.Subject, cancel))?.Version, cancel);

    /// <param name="inForce">The version that is in force of the same.</param>
    public static async Task<ClockChangeView> ViewAsync(WorkflowDb db, ClockChangeRow row, string? inForce, CancellationToken cancel)
    {
        int? remaining = row is { AppliedAt: not null, DoneAt: null } ? await Engine.Storage.ClockChanges.NotBy(db, row).CountAsync(cancel) : row.DoneAt is null ? null : 0;
        return ClockChangeView.Of(row, inForce, remaining);
    }

    /// <summary>Brings what was previewed under this fingerprint into force, by another person than the one who proposed it.</summary>
    /// <param name="refuse">What is to be said against the proposal as things are now.</param>
    public async Task<IResult> ApplyAsync(Ask ask, ClockChangeKind kind, string subject, ApplyClockChange body, Func<WorkflowDb, ClockChangeRow, Task<Rejection?>> refuse, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > limits.Value.TextLength)
            return ProblemResults.Invalid([new("/reason", $"a reason of at most {limits.Value.TextLength} characters", string.IsNullOrWhiteSpace(body.Reason) ? "nothing" : $"{body.Reason.Length}")]);
        var result = await desk.WriteAsync(ask, async (db, now) =>
        {
            await OrganisationStore.LockAsync(db, cancel);
            var proposals = await db.ClockChanges.Where(row => row.Kind == kind && row.Subject == subject).OrderBy(row => row.Number).ToListAsync(cancel);
            var proposal = proposals.LastOrDefault(row => Engine.Storage.ClockChanges.FingerprintOf(row) == body.Fingerprint);
            if (proposal is null) return Answer.Of(new Rejection(Reason.PreconditionFailed, "the fingerprint of a preview of this", $"'{body.Fingerprint}'"));
            if (proposal.AppliedAt is not null) return Answer.Of(new Rejection(Reason.AlreadyDone, "a change that is only proposed", $"one that {proposal.ApprovedByName} applied at {proposal.AppliedAt:O}"));
            var inForce = (await Engine.Storage.ClockChanges.InForceAsync(db, kind, subject, cancel))?.Version ?? "";
            if (inForce != proposal.Replaces) return Answer.Of(new Rejection(Reason.PreconditionFailed, $"{Named(proposal.Replaces)} to be in force, as when it was previewed", $"{Named(inForce)}: preview it again"));
            if (await refuse(db, proposal) is { } why) return Answer.Of(why);
            var by = ask.Caller.Actor.Person;
            if (proposal.ProposedById == by.UserId) return Answer.Of(new Rejection(Reason.NotAllowed, "another person than the one who proposed it", by.Name) { Rule = "proposed-it" });
            await Engine.Storage.ClockChanges.ApplyAsync(db, proposal, by, body.Reason, now, cancel);
            return Answer.Of(StatusCodes.Status202Accepted, ClockChangeView.Of(proposal, proposal.Version), $"/api/v1/clock-changes/{proposal.Number}");
        }, cancel);
        visits.Wake();
        return result;
    }

    private static string Named(string version) => version.Length == 0 ? "no version" : $"version '{version}'";

    private async Task<(ClockChangeRow? Row, Rejection? Why)> ProposeAsync(Caller caller, Func<WorkflowDb, Task<(ProposedVersion? Version, Rejection? Why)>> version, CancellationToken cancel)
    {
        const int MaxAttempts = 5;
        for (var attempt = 1; ; attempt++)
            try
            {
                await using var db = database.CreateDbContext();
                var (asked, why) = await version(db);
                if (asked is null) return (null, why);
                var row = await Engine.Storage.ClockChanges.ProposeAsync(db, asked, caller.Actor.Person, desk.Now, cancel);
                await db.SaveChangesAsync(cancel);
                return (row, null);
            }
            catch (DbUpdateException) when (attempt < MaxAttempts)
            {
                // Somebody else has taken the number.
            }
    }
}
