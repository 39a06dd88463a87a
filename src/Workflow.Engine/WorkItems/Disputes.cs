using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>
/// 退单 and 权属裁定: a team that an item does not belong to says whose it is, and the item goes there. When that team declines too, the arbiter rules; the ruling is
/// final, and later tasks of the same kind and area follow it. No clock stops for a quarrel.
/// </summary>
internal static class Disputes
{
    /// <summary>So many teams may pass an item on before the arbiter rules.</summary>
    public const int DeclinesBeforeRuling = 2;

    private const string ArbiterMember = "arbiter";

    public static Rejection? Refuse(WorkItem item, WorkItemCommand command) =>
        command == WorkItemCommand.Decline && item.History?.Ruling is { } ruling
            ? new(Reason.RulingFinal, "an item about which nobody has ruled", $"one that {ruling.Arbiter.Name} has given to {ruling.Team.Name}") { Rule = "ruling-final" }
            : null;

    public static Rejection? Decline(Burst burst, WorkItem item, Stimulus.WorkItemDeclined command, Actor by)
    {
        if (Handovers.FindTeam(burst, item, command.ProposedTeam, "/proposedTeam", out var proposed) is { } unknown) return unknown;
        if (proposed.Id == item.Team.Id) return Handovers.Invalid("/proposedTeam", $"another team than {item.Team.Name}, which declines", proposed.Name);
        var isLast = (item.History?.Declines.Length ?? 0) + 1 >= DeclinesBeforeRuling;
        if (isLast && ArbiterOf(burst, item) is null)
            return new(Reason.TeamUnknown, $"a team that rules: '{ArbiterMember}' of the step, or the inspection team of {burst.Draft.Task!.Place.AreaName}", "none");
        var after = isLast
            ? new WorkItemStanding(item.Team, new WorkItemState.Disputed(ArbiterOf(burst, item)!, burst.Stimulus.At))
            : new WorkItemStanding(proposed, WorkItemState.Offered.Instance);
        burst.Record(new Fact.ItemMoved(item.Number, command.Command, by.Person, WorkItemStanding.Of(item), after, command.Reason) { Proposed = proposed });
        return null;
    }

    public static Rejection? Rule(Burst burst, WorkItem item, Stimulus.WorkItemRuled command, Actor by)
    {
        if (Handovers.FindTeam(burst, item, command.Team, "/team", out var team) is { } unknown) return unknown;
        WorkItemTransition.Move(burst, item, command.Command, by, new(team, WorkItemState.Offered.Instance), command.Reason);
        var task = burst.Draft.Task!;
        burst.Effects.Request(item.Token, new LearnRoutingRule(
            new(burst.Definition.Id.DefinitionId, item.Node, task.Place.AreaCode), new(team.Id, task.Number, burst.Stimulus.At)));
        return null;
    }

    /// <summary>The team that the step names, else the inspection team that owns the place.</summary>
    private static Team? ArbiterOf(Burst burst, WorkItem item) =>
        burst.Definition.Nodes.GetValueOrDefault(item.Node)?.Plain(ArbiterMember)?.GetString() is { } id
            ? burst.World.Teams.Find(id)
            : burst.World.Teams.OwnerOf(burst.Draft.Task!.Place, TeamKind.Inspection, burst.Stimulus.At);
}
