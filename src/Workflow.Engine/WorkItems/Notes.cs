using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;

namespace Workflow.Engine.WorkItems;

/// <summary>抄送 and comments: they move nothing.</summary>
internal static class Notes
{
    public static Rejection? Copy(Burst burst, WorkItem item, Stimulus.WorkItemCopied command, Actor by)
    {
        var known = item.History?.Copies ?? [];
        if (known.Length + command.To.Length > burst.World.Limits.Copies)
            return new(Reason.InputInvalid, $"at most {burst.World.Limits.Copies} copies of one item", $"{known.Length + command.To.Length}");
        var members = new List<Member>();
        foreach (var (index, userId) in command.To.Index())
        {
            if (Handovers.FindPerson(burst, userId, $"/to/{index}", out var member) is { } nobody) return nobody;
            members.Add(member);
        }
        foreach (var member in members.DistinctBy(member => member.Person.UserId).Where(member => !known.Any(copy => copy.To.UserId == member.Person.UserId)))
            burst.Record(new Fact.ItemCopied(item.Number, burst.NextNumber(), member.Person, by.Person));
        return null;
    }

    public static Rejection? Comment(Burst burst, WorkItem item, Stimulus.WorkItemCommented command, Actor by)
    {
        if ((item.History?.Comments.Length ?? 0) >= burst.World.Limits.Comments)
            return new(Reason.InputInvalid, $"at most {burst.World.Limits.Comments} comments on one item", "one more");
        burst.Record(new Fact.ItemCommented(item.Number, by.Person, command.Text));
        return null;
    }
}
