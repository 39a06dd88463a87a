using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Organisation;

/// <summary>An open work item of a team, as it stood when the shift was handed over.</summary>
internal sealed record HandoverItem(string Id, string Number, string Subject, string Title, WorkItemStatus State, Person? Holder, DateTimeOffset? Due);

/// <param name="Items">Every one of them has to be acknowledged.</param>
internal sealed record OpenHandover(string TeamId, string TeamName, IReadOnlyList<OnDutyView> OnDuty, IReadOnlyList<HandoverItem> Items);

internal sealed record HandoverView(Guid Id, string TeamId, Person By, Person To, DateTimeOffset At, string? Note, IReadOnlyList<HandoverItem> Items);

internal sealed record HandoverPage(IReadOnlyList<HandoverView> Items);

/// <summary>交接班: whoever comes on duty takes over every open item by name.</summary>
internal static class HandOverShift
{
    private static readonly WorkItemStatus[] Open = [.. Enum.GetValues<WorkItemStatus>().Where(status => status.IsOpen())];

    /// <param name="To">User id of who takes over; of the team.</param>
    /// <param name="Acknowledged">Ids of the open items, every one.</param>
    public sealed record Body(string To, IReadOnlyList<string> Acknowledged, string? Note = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("teams/{id}/handover", OpenAsync).Requires(Permission.ReadTasks).Produces<OpenHandover>().WithSummary("The open items of a team of the caller, which a hand-over of the shift acknowledges");
        routes.MapGet("teams/{id}/handovers", ListAsync).Requires(Permission.ReadTasks).Produces<HandoverPage>().WithSummary("The last hand-overs of a team of the caller, latest first");
        routes.MapPost("teams/{id}/handovers", HandleAsync).Requires(Permission.WorkOnItems).Produces<HandoverView>(StatusCodes.Status201Created).WithSummary("Hands the shift over; refused while an open item is not acknowledged");
    }

    internal static async Task<IResult> OpenAsync(string id, Caller caller, Database database, OrganisationLibrary library, TimeProvider time, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        var teams = await library.LoadAsync(db, null, cancel);
        return GetTeamStaff.Sees(caller, id) && teams.Find(id) is { } team
            ? Results.Ok(new OpenHandover(team.Id, team.Name, GetTeamStaff.OnDutyOf(teams, id, time.GetUtcNow()), await ItemsAsync(db, id, caller, cancel)))
            : ProblemResults.NotFound("a team");
    }

    internal static async Task<IResult> ListAsync(string id, Caller caller, Database database, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (!GetTeamStaff.Sees(caller, id)) return ProblemResults.NotFound("a team");
        await using var db = database.CreateDbContext();
        var rows = await db.ShiftHandovers.AsNoTracking().Where(row => row.TeamId == id).OrderByDescending(row => row.At).Take(limits.Value.PageSize).ToListAsync(cancel);
        return Results.Ok(new HandoverPage(rows.ConvertAll(Of)));
    }

    internal static async Task<IResult> HandleAsync(
        string id, Body body, HttpRequest request, Caller caller, CommandDesk desk, WorkItemDesk texts, OrganisationLibrary library, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (!caller.TeamIds.Contains(id)) return ProblemResults.NotFound("a team of yours");
        if (texts.CheckText("/note", body.Note, isRequired: false) is { } bad) return ProblemResults.Invalid([bad]);
        return await desk.WriteAsync(new(request, caller, body), async (db, now) =>
        {
            var teams = await library.LoadAsync(db, null, cancel);
            if (teams.StaffOf(id).People.FirstOrDefault(person => person.Member.Person.UserId == body.To) is not { } taker || taker.Member.Person.UserId == caller.Actor.UserId)
                return Answer.Invalid([new ValueProblem("/to", "another member of the team", RowText.Quote(body.To))]);
            if (taker.Member.AbsenceAt(now) is not null) return Answer.Invalid([new ValueProblem("/to", "somebody who is there", $"{taker.Member.Person.Name}, who is away")]);
            var items = await ItemsAsync(db, id, caller, cancel);
            var missing = new RowProblems(limits.Value.ImportProblems);
            foreach (var item in items.ExceptBy(body.Acknowledged, item => item.Id)) missing.Add("/acknowledged", "every open item of the team", $"without {item.Id}, '{item.Title}' of {item.Number}");
            if (missing.Total > 0) return missing.ToAnswer();
            var row = new ShiftHandoverRow
            {
                Id = Guid.CreateVersion7(now), TeamId = id, ById = caller.Actor.UserId, ByName = caller.Actor.Name, ToId = taker.Member.Person.UserId, ToName = taker.Member.Person.Name,
                At = now, Note = body.Note, Items = InstanceJson.Write(items),
            };
            db.Add(row);
            return Answer.Of(StatusCodes.Status201Created, Of(row));
        }, cancel);
    }

    private static async Task<List<HandoverItem>> ItemsAsync(WorkflowDb db, string team, Caller caller, CancellationToken cancel) =>
        (await Hiding.Shown(db.WorkItems.AsNoTracking(), caller).Where(item => item.TeamId == team && Open.Contains(item.Status))
            .Join(db.Tasks, item => item.InstanceId, task => task.InstanceId, (item, task) => new { item, task.Number, task.Subject }).OrderBy(row => row.Number).ThenBy(row => row.item.Number).ToListAsync(cancel))
        .ConvertAll(row => new HandoverItem(
            new WorkItemId(row.item.InstanceId, row.item.Number).ToString(), row.Number, row.Subject, row.item.Title, row.item.Status,
            row.item.HolderId is { } holder ? new Person(holder, row.item.HolderName ?? holder) : null, row.item.Due));

    private static HandoverView Of(ShiftHandoverRow row) =>
        new(row.Id, row.TeamId, new(row.ById, row.ByName), new(row.ToId, row.ToName), row.At, row.Note, InstanceJson.Read<List<HandoverItem>>(row.Items));
}
