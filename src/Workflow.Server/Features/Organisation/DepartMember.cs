using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Organisation;

/// <param name="Refused">Why it is still theirs; null when it was given away.</param>
internal sealed record DepartedItem(string Id, string To, Reason? Refused, string? Detail);

/// <param name="Left">When they left.</param>
/// <param name="Items">What became of each of their open items; asked again, what is left is tried again.</param>
internal sealed record DepartureView(DateTimeOffset Left, IReadOnlyList<DepartedItem> Items);

/// <summary>离岗交接: whoever leaves keeps nothing. First they can do and be given nothing more, then each of their items goes over by the transition of every transfer.</summary>
internal static class DepartMember
{
    private static readonly WorkItemStatus[] Open = [.. Enum.GetValues<WorkItemStatus>().Where(status => status.IsOpen())];

    /// <param name="To">User id of who gets their items.</param>
    /// <param name="Items">Items that somebody else gets: user ids by the ids of items.</param>
    public sealed record Body(string To, IReadOnlyDictionary<string, string>? Items = null, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("members/{userId}/departure", HandleAsync).Requires(Permission.ManageOrganisation).Produces<DepartureView>()
            .WithSummary("Somebody leaves: the account is disabled and all their open items go to others");

    internal static async Task<IResult> HandleAsync(
        string userId, Body body, HttpRequest request, Caller caller, CommandDesk desk, WorkItemDesk texts, Database database, OrganisationStore store, OrganisationLibrary library, CancellationToken cancel)
    {
        if (texts.CheckText("/note", body.Note, isRequired: false) is { } bad) return ProblemResults.Invalid([bad]);
        await using var db = database.CreateDbContext();
        if (!await db.Members.AsNoTracking().AnyAsync(member => member.UserId == userId, cancel)) return ProblemResults.NotFound("a member");
        var teams = await library.LoadAsync(db, null, cancel);
        var receivers = (body.Items ?? new Dictionary<string, string>()).Select(item => (At: $"/items/{JsonMembers.Escape(item.Key)}", To: item.Value)).Prepend((At: "/to", To: body.To));
        var unknown = receivers.Where(receiver => receiver.To == userId || !teams.Members.ContainsKey(receiver.To))
            .Select(receiver => new ValueProblem(receiver.At, "the user id of another member who works here", RowText.Quote(receiver.To))).ToList();
        var items = await ItemsAsync(db, userId, cancel);
        unknown.AddRange((body.Items?.Keys ?? []).Except(items.Select(item => new WorkItemId(item.InstanceId, item.Number).ToString())).Select(id => new ValueProblem($"/items/{JsonMembers.Escape(id)}", "the id of an open item of theirs", RowText.Quote(id))));
        if (unknown.Count > 0) return ProblemResults.Invalid(unknown);

        var left = await LeaveAsync(database, store, userId, desk.Now, cancel);
        // What came to them until they had left goes over with the rest.
        items = await ItemsAsync(db, userId, cancel);
        var done = new List<DepartedItem>();
        foreach (var item in items) done.Add(await GiveAsync(item, userId, body, new(request, caller, body), desk));
        return Results.Ok(new DepartureView(left, done));
    }

    private static Task<List<WorkItemRow>> ItemsAsync(WorkflowDb db, string userId, CancellationToken cancel) =>
        db.WorkItems.AsNoTracking().Where(item => (item.HolderId == userId || item.WaitsFor == userId) && Open.Contains(item.Status)).ToListAsync(cancel);

    private static async Task<DateTimeOffset> LeaveAsync(Database database, OrganisationStore store, string userId, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await OrganisationStore.LockAsync(db, cancel);
        var before = await OrganisationStore.ReadAsync(db, cancel);
        var left = before.Members.First(member => member.UserId == userId).LeftAt ?? now;
        await store.ChangeAsync(db, before, before with
        {
            Members = [.. before.Members.Select(member => member.UserId == userId ? member with { LeftAt = left } : member)],
            Memberships = [.. before.Memberships.Where(of => of.UserId != userId)],
            Duties = [.. before.Duties.Where(duty => duty.UserId != userId)],
            Absences = [.. before.Absences.Select(absence => absence.SubstituteId == userId ? absence with { SubstituteId = null } : absence)],
        }, cancel);
        await using var accounts = AccountSheet.In(db);
        await accounts.DisableAsync(userId, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return left;
    }

    private static async Task<DepartedItem> GiveAsync(WorkItemRow item, string userId, Body body, Ask ask, CommandDesk desk)
    {
        var id = new WorkItemId(item.InstanceId, item.Number).ToString();
        // What somebody else has delegated to them goes back to whose it is.
        var to = item.Status == WorkItemStatus.Delegated && item.WaitsFor == userId ? item.HolderId! : body.Items?.GetValueOrDefault(id) ?? body.To;
        Task<Answer> SendAsync(string step, Func<int, DateTimeOffset, Stimulus> stimulus) => desk.AnswerAsync(
            // Under a key of its own: that of the whole request would give the first answer for all.
            ask with { Key = string.Create(CultureInfo.InvariantCulture, $"departure {step} {id} {desk.Now.UtcTicks}") }, new(item.InstanceId, stimulus(Stimulus.OnWorkItem.AnyRevision, desk.Now)), (_, _) => Answer.Of(StatusCodes.Status200OK, id));

        if (item.Status == WorkItemStatus.Suspended && await SendAsync("resume", (seen, at) => new Stimulus.WorkItemResumed(item.Number, seen) { At = at }) is { Status: >= 400 } kept) return Refused(id, to, kept);
        var answer = to == item.HolderId
            ? await SendAsync("give-back", (seen, at) => new Stimulus.WorkItemGivenBack(item.Number, seen, body.Note) { At = at })
            : await SendAsync("transfer", (seen, at) => new Stimulus.WorkItemTransferred(item.Number, seen, null, to, body.Note ?? "离岗交接") { At = at });
        return answer.Status >= 400 ? Refused(id, to, answer) : new(id, to, null, null);
    }

    private static DepartedItem Refused(string id, string to, Answer answer)
    {
        var problem = InstanceJson.Read<Problem>(answer.Body.GetRawText());
        return new(id, to, Enum.TryParse<Reason>(problem.Reason.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var reason) ? reason : null, problem.Detail);
    }
}
