using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>延期: the holder asks for more time before the time is over, and another person decides.</summary>
internal static class MoreTime
{
    /// <summary>One request at a time, and only what was asked for is decided.</summary>
    public static Rejection? Refuse(WorkItem item, WorkItemCommand command)
    {
        var isOpen = item.History?.Extensions is [.., { Decision: null }];
        return command switch
        {
            WorkItemCommand.AskExtension when isOpen => new(Reason.ChangeNotLegal, "an item without an open request for more time", "one with") { Rule = "extension" },
            WorkItemCommand.DecideExtension when !isOpen => new(Reason.ChangeNotLegal, "an item with an open request for more time", "one without") { Rule = "extension" },
            _ => null,
        };
    }

    public static Rejection? Ask(Burst burst, WorkItem item, Stimulus.ExtensionAsked command, Actor by)
    {
        if (ClockDesk.Of(burst, item) is not { } clock) return new(Reason.ChangeNotLegal, "an item with a clock", "one without") { Rule = "extension" };
        if (clock.BreachedAt is { } late) return new(Reason.ChangeNotLegal, "a clock that is not overdue", $"one that was due at {late:O}") { Rule = "extension" };
        if (!SlaTarget.TryParse(command.Amount, out var amount, out _)) return Handovers.Invalid("/amount", "a time as a target is written, such as PT2H or 4wh", $"'{command.Amount}'");
        if (SlaTarget.Add(clock.Target, amount) is null) return Handovers.Invalid("/amount", $"a time of the kind of the target {clock.Policy.Target}, within the longest target", $"'{command.Amount}'");
        burst.Record(new Fact.ExtensionAsked(item.Number, clock.Id, by.Person, command.Amount, command.Reason));
        return null;
    }

    public static Rejection? Decide(Burst burst, WorkItem item, Stimulus.ExtensionDecided command, Actor by)
    {
        var asked = item.History!.Extensions[^1];
        if (command.IsApproved)
        {
            var clock = burst.Draft.Clocks.Find(candidate => candidate.Id == asked.Clock)!;
            if (!clock.IsOpen || clock.BreachedAt is not null) return new(Reason.ChangeNotLegal, "a clock that runs and is not overdue", clock.IsOpen ? "one that is overdue" : "one that has ended") { Rule = "extension" };
            ClockDesk.Extend(burst, clock, SlaTarget.TryParse(asked.Amount, out var amount, out _) ? amount : throw new InvariantBrokenException($"extension '{asked.Amount}'"), by.Person, asked.Reason);
        }
        burst.Record(new Fact.ExtensionDecided(item.Number, command.IsApproved, by.Person, command.Reason));
        return null;
    }
}
