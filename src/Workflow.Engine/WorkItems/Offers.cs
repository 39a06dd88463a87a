using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;

namespace Workflow.Engine.WorkItems;

/// <summary>Opens work items.</summary>
internal static class Offers
{
    /// <param name="token">The activity that waits for it.</param>
    /// <param name="routedBy">The ruling that the choice of the team follows; null for none.</param>
    /// <param name="demand">Whom to choose of the team; null to offer it to all of them.</param>
    /// <param name="part">The part that the item is of a joint sign; null for an item by itself.</param>
    public static void Offer(Burst burst, int token, Team team, WorkItemContent content, RoutingRule? routedBy = null, AssignmentDemand? demand = null, SignerPart? part = null)
    {
        var node = burst.NodeOf(token);
        var item = new WorkItem(burst.NextNumber(), token, node.Id, burst.Draft.Task?.Current?.Stage, team, content, burst.Stimulus.At) { RoutedBy = routedBy, Signing = part };
        if (part is not null) item = item with { State = part.Offer };
        else if (burst.TakeReservation(node.Id) is { } person && burst.World.Teams.Members.TryGetValue(person.UserId, out var member) && member.Teams.Contains(team.Id))
            item = To(item, burst.World.Teams.Standing(person, burst.Stimulus.At));
        else if (demand is not null)
        {
            var chosen = Choose(burst, team, demand);
            item = item with { Assignment = chosen };
            if (chosen.To is { } to) item = To(item, (to, chosen.For));
        }
        burst.Record(new Fact.ItemOffered(item));
        ClockDesk.Start(burst, node, ClockScope.WorkItem, item.Stage, item.Number);
    }

    private static WorkItem To(WorkItem item, (Person To, Person? For) standing) => item with { State = new WorkItemState.Offered(standing.To), For = standing.For };

    /// <param name="but">Who is not to be chosen; null for nobody.</param>
    public static Assignment Choose(Burst burst, Team team, AssignmentDemand demand, Person? but = null)
    {
        var (teams, at) = (burst.World.Teams, burst.Stimulus.At);
        var staff = teams.StaffOf(team.Id);
        var hands = burst.Draft.Task?.Current?.Stage == StageName.PostEvaluation ? Avoidance.WhoHandled(burst.Draft.WorkItems).ToList() : [];
        var choice = new Choice(staff, burst.World.LoadsOf(staff, at), at, member => member.Person.UserId == but?.UserId || hands.Exists(hand => hand.IsOne(member.Person, member.Teams)), id => teams.Members.GetValueOrDefault(id));
        return choice.Of(demand, burst.World.Limits.PassedOver);
    }
}
