using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>What a rung of a clock does, once. That it was done is in the same burst as what it did, so neither a crash nor a second server does it again.</summary>
internal static class RungDesk
{
    /// <summary>What an order runs that a rung makes.</summary>
    public const string OrderDefinition = "supervised-order";

    public static void Fire(Burst burst, SlaClock clock, Rung rung)
    {
        burst.Record(new Fact.RungFired(clock.Id, rung.Id));
        switch (rung.Do)
        {
            case RungAction.Notify:
                Notify(burst, clock, rung);
                break;
            case RungAction.Urge:
                foreach (var item in OpenItems(burst, clock)) burst.Record(new Fact.ItemUrged(item.Number));
                break;
            case RungAction.RaisePriority:
                PriorityDesk.Change(burst, Priority.Urgent, null, rung.Id);
                break;
            case RungAction.Reassign:
                foreach (var item in OpenItems(burst, clock)) Reassign(burst, clock, rung, item);
                break;
            case RungAction.Escalate:
                burst.Record(new Fact.TaskEscalated(Enum.Parse<TeamKind>(rung.To!, true)));
                break;
            case RungAction.Order:
                Order(burst, clock, rung);
                break;
            case RungAction.Press:
                OrderDesk.Press(burst, Enum.Parse<OrderRung>(rung.To!, true));
                break;
        }
    }

    private static List<WorkItem> OpenItems(Burst burst, SlaClock clock) => [.. burst.Draft.WorkItems.Where(item => item.IsOpen && ClockDesk.Covers(clock, item))];

    private static void Notify(Burst burst, SlaClock clock, Rung rung)
    {
        var task = burst.Draft.Task!;
        var notice = new RungNotice(burst.Draft.Id, clock.WorkItem, task.Number, task.Subject, rung.Id, clock.Stage, clock.Due, burst.Stimulus.At);
        var items = OpenItems(burst, clock);
        ImmutableArray<NoticeReceiver> to = rung.To switch
        {
            "holder" => [.. items.Select(item => item.Holder is { } holder ? NoticeReceiver.OfPerson(holder.UserId) : NoticeReceiver.OfTeam(item.Team.Id))],
            "team" => [.. items.Select(item => NoticeReceiver.OfTeam(item.Team.Id))],
            "supervisor" => [NoticeReceiver.OfRole(WorkItemRights.SupervisorRole)],
            "dutyOfficer" => [NoticeReceiver.OfRole(WorkItemRights.DutyOfficerRole)],
            _ => [NoticeReceiver.OfPerson(rung.To![RungDeclaration.PersonPrefix.Length..])],
        };
        if (!to.IsEmpty) burst.Effects.Request(null, notice with { To = [.. to.Distinct()] });
    }

    /// <summary>To another person of the team, chosen as the step chooses; where there is none it stays. Or to a team of the same kind, where again one is chosen if the step does.</summary>
    private static void Reassign(Burst burst, SlaClock clock, Rung rung, WorkItem item)
    {
        if (item.Signing is not null || !WorkItemChanges.IsLegal(item.Status, WorkItemCommand.Reassign)) return;
        var isTeam = rung.To?.StartsWith(RungDeclaration.TeamPrefix, StringComparison.Ordinal) == true;
        var team = isTeam ? burst.World.Teams.Find(rung.To![RungDeclaration.TeamPrefix.Length..]) : item.Team;
        if (team is null || team.Kind != item.Team.Kind || isTeam && team.Id == item.Team.Id || Handovers.Barred(burst, item, team) is not null) return;
        var rule = item.Assignment?.Rule;
        var who = item.Holder ?? (item.State as WorkItemState.Offered)?.To;
        var chosen = isTeam && rule is null ? null : Offers.Choose(burst, team, new(rule ?? AssignmentRule.LeastLoaded, [.. item.Content.Certificates ?? []]), who);
        if (!isTeam && chosen?.To is null) return;
        var after = new WorkItemStanding(team, chosen?.To is { } to ? new WorkItemState.Offered(to) : WorkItemState.Offered.Instance) { For = chosen?.For };
        burst.Record(new Fact.ItemReassigned(item.Number, clock.Id, rung.Id, WorkItemStanding.Of(item), after, chosen));
        if (burst.Draft.Task!.Part is { } part && item.Stage != StageName.PostEvaluation && team != item.Team && team != part.Team) PartDesk.Follow(burst, team);
    }

    /// <summary>督办件, in the name of the leader whom the rung names. A task that an order covers, or that is one, gets no other.</summary>
    private static void Order(Burst burst, SlaClock clock, Rung rung)
    {
        var (task, at) = (burst.Draft.Task!, burst.Stimulus.At);
        if (task.Order is not null || task.Orders.Length > 0 || burst.World.Choices is not null) return;
        var userId = rung.To![RungDeclaration.PersonPrefix.Length..];
        var leader = burst.World.Teams.Members.GetValueOrDefault(userId)?.Person ?? new Person(userId, userId);
        var team = OpenItems(burst, clock).Select(item => item.Team).FirstOrDefault()
            ?? burst.World.Teams.OwnerOf(task.Place, TeamKind.Enforcement, at) ?? burst.World.Teams.OwnerOf(task.Place, TeamKind.Inspection, at);
        if (team is null || !SlaTarget.TryParse(rung.Within ?? "", out var within, out _)) return;
        var due = DueTime.Compute(within, ClockDesk.Calendar(burst, clock), [new(at, null, null)]).At!.Value;
        var text = string.Create(CultureInfo.InvariantCulture, $"{task.Number} {task.Subject}：{clock.Policy.Target}，{due:yyyy-MM-dd HH:mm} 前办结");
        var number = burst.NextNumber();
        var order = new EffectId(burst.Draft.Id, number).Derive("order");
        var intake = new TaskIntake("", task.Subject, task.Place, Priority.Urgent)
        {
            SubjectKey = task.SubjectKey,
            HiddenUntil = task.HiddenUntil,
            Order = new(leader, text, team, due.ToUniversalTime(), null) { Tasks = [new(burst.Draft.Id, task.Number)] },
        };
        burst.Effects.Request(null, number, new StartChild(order, OrderDefinition, null, ImmutableDictionary<string, JsonElement>.Empty, null, null) { Task = intake });
    }
}
