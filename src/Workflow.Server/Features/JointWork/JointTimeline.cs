using Workflow.Engine.Instances;
using Workflow.Server.Features.Tasks;

namespace Workflow.Server.Features.JointWork;

/// <summary>The facts of joint work as a person would tell them.</summary>
internal static class JointTimeline
{
    /// <returns>Null for a fact about something else, and for one that only the engine needs.</returns>
    public static TimelineEntry? Of(Fact fact, Func<TimelineKind, TimelineEntry> entry, WorkflowInstance task)
    {
        TimelineEntry About(int number, TimelineKind kind)
        {
            var part = task.Task!.Parts.First(part => part.Number == number);
            return entry(kind) with { Title = part.Place.AreaName, Team = part.Team.Name };
        }

        return fact switch
        {
            Fact.PartHandedDown handed => entry(TimelineKind.PartHandedDown) with { Title = handed.Part.Place.AreaName, Team = handed.Part.Team.Name, Reason = handed.Part.Text, Due = handed.Part.Due },
            Fact.PartHeard heard => About(heard.Part, TimelineKind.PartReported) with { Team = heard.Report.Team.Name, Title = heard.Report.Place.AreaName, Outcome = heard.Report.Feedback?.Outcome, Reason = heard.Report.Feedback?.Text },
            Fact.PartCancelled cancelled => About(cancelled.Part, TimelineKind.PartTakenBack) with { Reason = cancelled.Reason },
            Fact.PartAccepted accepted => About(accepted.Part, TimelineKind.PartAccepted),
            Fact.FeedbackGiven given => entry(TimelineKind.FeedbackGiven) with { Team = given.Feedback.Team.Name, Outcome = given.Feedback.Outcome, Reason = given.Feedback.Text },
            Fact.AssistantFedBack heard => entry(TimelineKind.PartReported) with
            {
                Title = task.Task!.Part!.Assistants.First(one => one.Number == heard.Part).AreaName, Team = heard.Feedback.Team.Name, Outcome = heard.Feedback.Outcome, Reason = heard.Feedback.Text,
            },
            Fact.TaskOrdered ordered => entry(TimelineKind.TaskOrdered) with { Title = ordered.Number },
            Fact.OrderFedBack given => entry(TimelineKind.OrderFeedback) with { Reason = given.Text },
            Fact.FeedbackScheduled { IsReminder: true } scheduled => entry(TimelineKind.OrderReminded) with { Actor = null, Due = scheduled.Due },
            Fact.OrderPressed pressed => entry(TimelineKind.OrderPressed) with { Actor = pressed.By, RungId = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(pressed.Rung.ToString()), Reason = pressed.By is null ? null : pressed.Text },
            _ => null,
        };
    }
}
