using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.JointWork;

/// <summary>
/// 交办 and 主办/协办. A task is handed down in parts; each part is a task of its own, with its own number, loop, clock and work items, started by an effect. Parent and
/// parts reach each other by effects only, under ids that follow from the effect that started the part, so that a repetition says nothing new.
/// <para>
/// A part is reviewed in its own post-evaluation, level by level on the way up, so that its end means its acceptance. The parent does not leave the stage in which
/// it handed down before every part has ended; one that it takes back goes through its own post-evaluation, and the parent's waits for it.
/// </para>
/// </summary>
internal static class PartDesk
{
    /// <summary>Waits for every part of the task.</summary>
    public const string All = "all";

    public static Rejection? HandDown(Burst burst, Stimulus.HandedDown command)
    {
        var by = command.By ?? throw new InvariantBrokenException("a hand-down without a caller");
        if (TaskRights.Refuse(TaskCommand.HandDown, burst.Draft.Task, burst.Draft.WorkItems, by) is { } refused) return refused;
        if (burst.Draft.Task?.Current is not { Stage: not StageName.PostEvaluation }) return new(Reason.ChangeNotLegal, "a task before its post-evaluation", "one that is evaluated") { Rule = "hand-down" };
        return HandDown(burst, command.Definition, command.Parts, out _);
    }

    /// <param name="group">See <see cref="TaskPart.Group"/>.</param>
    public static Rejection? HandDown(Burst burst, string definition, ImmutableArray<PartAsked> asked, out int group)
    {
        group = 0;
        var plan = PartPlan.Of(burst, asked, out var problems);
        if (problems.Count > 0) return new(Reason.InputInvalid, "parts that can be handed down", $"{problems.Count} that do not fit", problems);

        var task = burst.Draft.Task!;
        var numbers = plan.Select(_ => burst.NextNumber()).ToList();
        group = numbers[0];
        var depth = 1 + (burst.Draft.Parent?.Depth ?? 0);
        foreach (var (index, part) in plan.Index())
        {
            var number = numbers[index];
            var child = new EffectId(burst.Draft.Id, number).Derive();
            burst.Record(new Fact.PartHandedDown(new(number, group, child, part.Place, part.Team, part.Role, part.Text, part.Due) { Wanted = part.Wanted, HandedBy = burst.Stimulus.By?.Person }));
            var intake = new TaskIntake("", task.Subject, part.Place, task.Priority)
            {
                RaisedBy = burst.Stimulus.By?.Person,
                SubjectKey = task.SubjectKey,
                HiddenUntil = task.HiddenUntil,
                Part = new(burst.Draft.Id, task.Part?.Root ?? burst.Draft.Id, task.Number, number, part.Role, part.Team, part.Text, part.Wanted, part.Due, burst.Stimulus.By?.Person)
                {
                    Under = task.Part is null ? null : task.Place.AreaCode,
                    Assistants = part.Role == PartRole.Lead
                        ? [.. plan.Index().Where(other => other.Item.Role == PartRole.Assist).Select(other => new Assistant(numbers[other.Index], other.Item.Place.AreaName, other.Item.Team))]
                        : [],
                },
            };
            burst.Effects.Request(null, number, new StartChild(child, definition, null, burst.Draft.Input, null, new(burst.Draft.Id, number, depth)) { By = burst.Stimulus.By, Task = intake });
        }
        return null;
    }

    /// <summary>The task of a part has ended, and with it the last review.</summary>
    /// <returns>False when it is no open part.</returns>
    public static bool Accept(Burst burst, Stimulus.ChildEnded ended)
    {
        if (Find(burst, ended.Effect) is not { IsOpen: true } part) return false;
        burst.Record(new Fact.PartAccepted(part.Number));
        foreach (var wait in burst.Draft.FindWaits(BookmarkKind.Parts, Key(part.Group)).Concat(burst.Draft.FindWaits(BookmarkKind.Parts, All)).ToList())
            if (!Awaits(burst, wait.Key)) Transition.Resume(burst, wait, new Resumption.FromBookmark(wait, null));
        return true;
    }

    /// <summary>Whether a wait for parts still has something to wait for. Parts that were taken back are awaited in post-evaluation only.</summary>
    public static bool Awaits(Burst burst, string key) => burst.Draft.Task!.Parts.Any(part =>
        part.IsOpen && (key == All || Key(part.Group) == key) && (part.CancelledFor is null || burst.Draft.Task.Current?.Stage == StageName.PostEvaluation));

    public static string Key(int group) => group.ToString(CultureInfo.InvariantCulture);

    /// <summary>A part reports; the lead of its group hears what an assistant has fed back.</summary>
    public static void Hear(Burst burst, TaskMessage.PartReported told)
    {
        if (Find(burst, told.Part) is not { } part || told.Report.Number <= part.LastReport) return;
        burst.Record(new Fact.PartHeard(part.Number, told.Report));
        if (told.Report.Feedback is not { } feedback || part.Role == PartRole.Lead || feedback == part.Feedback) return;
        foreach (var lead in burst.Draft.Task!.Parts.Where(other => other.Group == part.Group && other is { Role: PartRole.Lead, IsOpen: true }))
            Tell(burst, lead.Task, new TaskMessage.AssistantReported(part.Number, feedback));
    }

    public static void Hear(Burst burst, TaskMessage.AssistantReported told)
    {
        if (burst.Draft.Task?.Part?.Assistants.FirstOrDefault(one => one.Number == told.Part) is { } assistant && assistant.Feedback != told.Feedback)
            burst.Record(new Fact.AssistantFedBack(told.Part, told.Feedback));
    }

    /// <summary>Takes back every part that is open: the stage in which they were handed down is left otherwise than by being done.</summary>
    public static void CancelAll(Burst burst, string reason)
    {
        foreach (var part in burst.Draft.Task!.Parts.Where(part => part is { IsOpen: true, CancelledFor: null }))
        {
            burst.Record(new Fact.PartCancelled(part.Number, reason));
            Tell(burst, part.Task, new TaskMessage.PartTakenBack(reason));
        }
    }

    /// <summary>The team of the open step has changed: by a decline, a ruling or a transfer. The part goes with it.</summary>
    public static void Follow(Burst burst, Team team)
    {
        var task = burst.Draft.Task!;
        burst.Record(new Fact.PartMoved(team, burst.World.Teams.PlaceOf(team, task.Place)));
        Report(burst);
    }

    public static void FeedBack(Burst burst, string outcome, string? text)
    {
        burst.Record(new Fact.FeedbackGiven(new(burst.Stimulus.By?.Person, burst.Draft.Task!.Part!.Team, burst.Stimulus.At, outcome, text)));
        Report(burst);
    }

    /// <summary>Why a step that answers for the whole may not be completed yet.</summary>
    public static Rejection? RefuseAnswer(Burst burst, WorkItem item)
    {
        if (burst.Definition.Nodes[item.Node].Literal(Answers) is not { ValueKind: JsonValueKind.True }) return null;
        if (burst.Draft.Task!.Part?.Assistants.Where(one => one.Feedback is null).Select(one => one.AreaName).ToList() is { Count: > 0 } silent)
            return new(Reason.FeedbackMissing, "feedback of every assistant, or why there is none", $"none of {string.Join(", ", silent)}") { Rule = "lead-answers-last" };
        return burst.Draft.Task.Order?.Tasks.FirstOrDefault(covered => covered.EndedAt is null) is { } open
            ? new(Reason.FeedbackMissing, "an order whose tasks have ended", $"task {open.Number}, which has not") { Rule = "order-covers-open-task" }
            : null;
    }

    /// <summary>The input of a step that answers for the part, or for the order.</summary>
    public const string Answers = "answers";

    public static void Tell(Burst burst, InstanceId to, TaskMessage message) => burst.Effects.Request(null, new TellTask(to, message) { By = burst.Stimulus.By });

    private static void Report(Burst burst)
    {
        var (task, number) = (burst.Draft.Task!, burst.NextNumber());
        Tell(burst, task.Part!.Parent, new TaskMessage.PartReported(task.Part.Number, new(number, task.Part.Team, task.Place, task.Part.Feedback)));
    }

    private static TaskPart? Find(Burst burst, int number) => burst.Draft.Task?.Parts.FirstOrDefault(part => part.Number == number);
}
