using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>Opens work items.</summary>
internal static class Offers
{
    /// <param name="token">The activity that waits for it.</param>
    /// <param name="routedBy">The ruling that the choice of the team follows; null for none.</param>
    /// <param name="part">The part that the item is of a joint sign; null for an item by itself.</param>
    public static void Offer(Burst burst, int token, Team team, WorkItemContent content, RoutingRule? routedBy = null, SignerPart? part = null)
    {
        var node = burst.NodeOf(token);
        var item = new WorkItem(burst.NextNumber(), token, node.Id, burst.Draft.Task?.Current?.Stage, team, content, burst.Stimulus.At) { RoutedBy = routedBy, Signing = part };
        if (part is not null) item = item with { State = part.Offer };
        else if (burst.TakeReservation(node.Id) is { } person && burst.World.Teams.Members.TryGetValue(person.UserId, out var member) && member.Teams.Contains(team.Id))
            item = item with { State = new WorkItemState.Offered(person) };
        burst.Record(new Fact.ItemOffered(item));
        ClockDesk.Start(burst, node, ClockScope.WorkItem, item.Stage, item.Number);
        ClockDesk.Pause(burst, item);
    }
}
