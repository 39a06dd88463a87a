using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>Somebody who has handled a task, and for which team.</summary>
public sealed record Hand(Person Person, Team Team)
{
    public bool IsOne(Person person, IReadOnlyList<string> teams)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(teams);
        return Person.UserId == person.UserId || teams.Contains(Team.Id);
    }
}

/// <summary>回避: nobody evaluates what they or their team handled.</summary>
public static class Avoidance
{
    public const string Rule = "avoidance";

    /// <summary>Those who completed an item of the handling stage, in whatever round, and those who worked on one for them.</summary>
    public static IEnumerable<Hand> WhoHandled(IEnumerable<WorkItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
            if (item is { Stage: StageName.Handling, State: WorkItemState.Done done })
            {
                yield return new(done.By, item.Team);
                foreach (var delegation in item.History?.Delegations ?? []) yield return new(delegation.To, item.Team);
            }
    }

    internal static Rejection Refusal(string found) => new(Reason.AvoidanceRequired, "somebody who did not handle the task, of a team that did not", found) { Rule = Rule };
}
