using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>The one place where an instance moves.</summary>
public static partial class Transition
{
    /// <summary>Moves an instance by one stimulus. Pure: same arguments, same result.</summary>
    /// <param name="before">The stored state; for <see cref="Stimulus.Started"/> an instance of revision 0.</param>
    public static Step Apply(WorkflowDefinition definition, WorkflowInstance before, Stimulus stimulus, World world)
    {
        if (before.Status.IsFinal() && stimulus is not Stimulus.TaskAnnotated)
            return definition.IsTask
                ? Rejected(Reason.TaskClosed, "an open task", $"a closed one ({before.Status})")
                : Rejected(Reason.InstanceFinished, "a running instance", $"one that has ended ({before.Status})");
        if (before.Revision > 0 && stimulus is Stimulus.Started) throw new InvariantBrokenException("an instance is started twice");
        if (before.IsStopped && stimulus is not (Stimulus.IncidentDecided or Stimulus.Cancelled or Stimulus.Altered or Stimulus.AlarmRepeated))
            return Rejected(Reason.InstanceFaulted, "an instance without open incidents", $"{before.Incidents.Count(incident => incident.IsOpen)} that a person has to decide");
        if (stimulus.At < before.UpdatedAt) stimulus = stimulus with { At = before.UpdatedAt };

        var burst = new Burst(definition, before, stimulus, world);
        if (before.Revision > 0 && stimulus is not Stimulus.BurstFailed) ClockDesk.CatchUp(burst);
        try
        {
            if (Move(burst, stimulus) is { } rejection) return new Step.Rejected(rejection);
            burst.Drain();
        }
        catch (RefusedException refused)
        {
            return new Step.Rejected(refused.Why);
        }

        if (!burst.HasFacts) return new Step.Advanced(before, []);
        var after = burst.Draft.ToInstance(stimulus.At);
        Invariants.Check(burst.Definition, after);
        return new Step.Advanced(after, burst.Facts);
    }

    private static Rejection? Move(Burst burst, Stimulus stimulus) => stimulus switch
    {
        Stimulus.Started started => Start(burst, started),
        Stimulus.AlarmRepeated repeated => AlarmDesk.Join(burst, repeated),
        Stimulus.EventReceived received => Receive(burst, received),
        Stimulus.BookmarkResumed resumed => Resume(burst, resumed),
        Stimulus.TimerFired fired => Fire(burst, fired.Timer),
        Stimulus.EffectCompleted completed => Complete(burst, completed),
        Stimulus.EffectFailed failed => Fail(burst, failed),
        Stimulus.ChildEnded ended => Hear(burst, ended),
        Stimulus.HandedDown handed => PartDesk.HandDown(burst, handed),
        Stimulus.TaskTold told => Listen(burst, told),
        Stimulus.OrderFedBack given => OrderDesk.FeedBack(burst, given),
        Stimulus.OrderPressed pressed => OrderDesk.Press(burst, pressed),
        Stimulus.OrderStruckOff struck => OrderDesk.StrikeOff(burst, struck),
        Stimulus.OnWorkItem command => WorkItemTransition.Apply(burst, command),
        Stimulus.TaskWithdrawn withdrawn => WaysBack.WithdrawTask(burst, withdrawn) ?? Cancel(burst, new(withdrawn.Reason) { At = withdrawn.At, By = withdrawn.By }),
        Stimulus.TaskAnnotated annotated => Annotate(burst, annotated),
        Stimulus.IncidentDecided decided => IncidentDesk.Decide(burst, decided),
        Stimulus.Cancelled cancelled => Cancel(burst, cancelled),
        Stimulus.Altered altered => AlterationDesk.Apply(burst, altered),
        Stimulus.BurstFailed failed => Stop(burst, failed),
        _ => throw new UnreachableException(),
    };

    private static Rejection? Start(Burst burst, Stimulus.Started started)
    {
        if (InputProblems(burst.Definition, started.Input) is { Count: > 0 } problems)
            return Rejection.InputsDoNotFit(problems);
        if (AlarmDesk.Refuse(burst.Definition, started.Input) is { } below) return below;
        burst.Record(new Fact.InstanceStarted(burst.Definition.Id, started.Input, BurstValues.DefaultsOf(burst.Definition.Variables), started.Task)
        {
            Parent = started.Parent,
            CorrelationId = started.CorrelationId,
        });
        AlarmDesk.Begin(burst, started);
        OrderDesk.Begin(burst);
        burst.Schedule(burst.Definition.Root, null);
        return null;
    }

    /// <summary>What of these inputs does not fit what the definition declares; an instance does not start with any.</summary>
    public static IReadOnlyList<ValueProblem> InputProblems(WorkflowDefinition definition, ImmutableDictionary<string, JsonElement> input)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(input);
        var problems = new List<ValueProblem>();
        foreach (var declared in definition.Inputs)
        {
            var pointer = $"/inputs/{JsonMembers.Escape(declared.Name)}";
            if (!input.TryGetValue(declared.Name, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                if (declared.IsRequired) problems.Add(new(pointer, $"a value of type {declared.TypeName}", "nothing"));
            }
            else if (!value.IsWellFormed())
                problems.Add(new(pointer, "Unicode text", "half of a surrogate pair"));
            else if (Expressions.Values.Convert(value, declared.TypeName) is null)
                problems.Add(new(pointer, $"a value of type {declared.TypeName}", value.Describe()));
        }
        var expected = definition.Inputs.IsEmpty ? "no inputs: the definition declares none" : $"an input of the definition: {string.Join(", ", definition.Inputs.Select(declared => declared.Name))}";
        foreach (var name in input.Keys.Where(name => !definition.Inputs.Any(declared => declared.Name == name)).Order(StringComparer.Ordinal))
            problems.Add(new($"/inputs/{JsonMembers.Escape(name)}", expected, $"'{name}'"));
        return problems;
    }

    private static Rejection? Annotate(Burst burst, Stimulus.TaskAnnotated annotated)
    {
        if (burst.Draft.Task is null) return new(Reason.NotAllowed, "a task", "another instance");
        burst.Record(new Fact.TaskAnnotated(annotated.By?.Person, annotated.Text));
        return null;
    }

    /// <summary>In a task the stage that runs hears of it and ends; elsewhere the instance ends at once.</summary>
    private static Rejection? Cancel(Burst burst, Stimulus.Cancelled cancelled)
    {
        if (!burst.Definition.IsTask)
        {
            burst.CancelAll();
            return null;
        }
        if (burst.Draft.Task!.Current?.Stage == StageName.PostEvaluation) return new(Reason.NotAllowed, "a task before its post-evaluation", "one in post-evaluation, which is where every task ends");
        var signal = new Cancellation(cancelled.Reason, cancelled.By?.Person);
        foreach (var token in burst.Draft.Tokens.ToList())
        {
            var isHandled = false;
            burst.Run(token.Id, (activity, context) => isHandled = activity.Signalled(context, signal));
            if (isHandled) return null;
        }
        return new(Reason.NotAllowed, "a task with a stage that runs", "none");
    }

    /// <summary>Why a task keeps its status: it ends nowhere but in post-evaluation. Its incident stops it all the same.</summary>
    private static Rejection? Stop(Burst burst, Stimulus.BurstFailed failed)
    {
        burst.Record(new Fact.BurstFailed(new(burst.NextNumber(), null, burst.Definition.Root.Id, $"{failed.Stimulus} was not applied: {failed.Message}", failed.At)));
        if (!burst.Definition.IsTask) burst.Record(new Fact.InstanceFaulted());
        return null;
    }

    private static Step.Rejected Rejected(Reason reason, string expected, string found) => new(new Rejection(reason, expected, found));
}
