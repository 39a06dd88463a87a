using System.Collections.Immutable;
using Workflow.Engine.Instances;

namespace Workflow.Engine.JointWork;

/// <summary>What the facts about parts and orders change in a task.</summary>
internal static class JointFacts
{
    /// <summary>Null for a fact about something else.</summary>
    public static TaskState? Apply(TaskState task, Fact fact, DateTimeOffset at) => fact switch
    {
        Fact.PartHandedDown handed => task with { Parts = task.Parts.Add(handed.Part) },
        Fact.PartHeard heard => task with
        {
            Parts = Change(task.Parts, heard.Part, part => part with { Team = heard.Report.Team, Place = heard.Report.Place, Feedback = heard.Report.Feedback, LastReport = heard.Report.Number }),
        },
        Fact.PartCancelled cancelled => task with { Parts = Change(task.Parts, cancelled.Part, part => part with { CancelledFor = cancelled.Reason }) },
        Fact.PartAccepted accepted => task with { Parts = Change(task.Parts, accepted.Part, part => part with { AcceptedAt = at }) },
        Fact.PartMoved moved => task with { Place = moved.Place, Part = task.Part! with { Team = moved.Team } },
        Fact.FeedbackGiven given => task with { Part = task.Part! with { Feedback = given.Feedback } },
        Fact.AssistantFedBack heard => task with
        {
            Part = task.Part! with { Assistants = [.. task.Part.Assistants.Select(one => one.Number == heard.Part ? one with { Feedback = heard.Feedback, Team = heard.Feedback.Team } : one)] },
        },
        Fact.TaskOrdered ordered => task with { Ordered = true, Orders = task.Orders.Add(new(ordered.Order, ordered.Number)) },
        Fact.CoveredTaskEnded ended => task with
        {
            Order = task.Order! with { Tasks = [.. task.Order.Tasks.Select(one => one.Task == ended.Task ? one with { EndedAt = at } : one)] },
        },
        Fact.OrderFedBack given => task with { Order = task.Order! with { Feedbacks = task.Order.Feedbacks.Add(new(given.By, at, given.Text)) } },
        Fact.FeedbackScheduled scheduled => task with { Order = task.Order! with { NextFeedback = scheduled.Due, Reminders = task.Order.Reminders + (scheduled.IsReminder ? 1 : 0) } },
        Fact.OrderPressed pressed => task with { Order = task.Order! with { Ladder = task.Order.Ladder.Add(new(pressed.Rung, pressed.By, at, pressed.Text)) } },
        _ => null,
    };

    private static ImmutableArray<TaskPart> Change(ImmutableArray<TaskPart> parts, int number, Func<TaskPart, TaskPart> change) =>
        parts.Any(part => part.Number == number)
            ? [.. parts.Select(part => part.Number == number ? change(part) : part)]
            : throw new InvariantBrokenException($"a fact about part {number}, which is not there");
}
