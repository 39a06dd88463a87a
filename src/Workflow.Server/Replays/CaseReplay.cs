using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;

namespace Workflow.Server.Replays;

internal enum StepKind
{
    Raise,
    Event,
    End,
    Annotate,
}

/// <summary>One thing that the log says of a case.</summary>
/// <param name="Event">Null when the case begins or ends.</param>
internal sealed record ReplayStep(StepKind Kind, DateTimeOffset At, LogEvent? Event = null);

/// <summary>The engine did not do what the log says was done.</summary>
internal sealed class ReplayRefusedException(string message) : Exception(message);

/// <summary>
/// Runs one case through the commit queue: it is raised, hears of each event (<see cref="EventName"/>) and has the work item that follows from it done by whoever
/// the log names, and closes at its end. What is due before a step fires first, at its own time. A case that is there already goes on where its journal ends, so
/// that a second run does nothing.
/// </summary>
internal sealed class CaseReplay
{
    /// <summary>
    /// What a definition waits for. The payload: <c>activity</c>, <c>stage</c> (0 initiation … 4 post-evaluation), <c>team</c>, and <c>ended</c>, which is true, with
    /// stage 4, when the case ends.
    /// </summary>
    public const string EventName = "case-event";

    /// <summary>The stimuli of which each step has one.</summary>
    public static readonly IReadOnlyList<string> StepStimuli = [nameof(Stimulus.Started), nameof(Stimulus.EventReceived), nameof(Stimulus.TaskAnnotated)];

    private readonly LogCase log;
    private readonly ReplayScene scene;
    private int done;

    /// <param name="known">As it is stored; null when it is not there yet.</param>
    /// <param name="done">Steps of which the journal knows.</param>
    public CaseReplay(LogCase log, ReplayScene scene, WorkflowInstance? known, int done)
    {
        (this.log, this.scene, State, this.done) = (log, scene, known, done);
        Id = IdOf(scene.Definition, log.Id);
        Steps =
        [
            new(StepKind.Raise, log.RaisedAt), .. log.During.Select(happened => new ReplayStep(StepKind.Event, happened.At, happened)),
            .. log.End is { } end ? [new ReplayStep(StepKind.End, end)] : Array.Empty<ReplayStep>(), .. log.Afterwards.Select(happened => new ReplayStep(StepKind.Annotate, happened.At, happened)),
        ];
    }

    public InstanceId Id { get; }

    public LogCase Log => log;

    public IReadOnlyList<ReplayStep> Steps { get; }

    public WorkflowInstance? State { get; private set; }

    /// <summary>Why it stopped; null while it runs.</summary>
    public string? Refused { get; private set; }

    /// <summary>The same case is the same instance, in every database.</summary>
    public static InstanceId IdOf(WorkflowDefinition definition, string caseId) => InstanceId.From($"replay\n{definition.Id.DefinitionId}\n{caseId}");

    /// <summary>Does the steps before this one that are not done yet.</summary>
    public Task AdvanceAsync(int count) => TryAsync(async () =>
    {
        // Stopped in the middle of a step: its event is there, and its item is not done.
        if (done > 0 && State is not null && Steps[Math.Min(done, Steps.Count) - 1] is { Event: { } begun, Kind: StepKind.Event } step) await WorkAsync(begun, step.At);
        for (; done < count; done++) await DoAsync(Steps[done]);
    });

    /// <summary>Fires what is due up to a time, and at it.</summary>
    public Task FireUntilAsync(DateTimeOffset until) => TryAsync(() => FireAsync(due => due <= until));

    private async Task TryAsync(Func<Task> act)
    {
        if (Refused is not null) return;
        try
        {
            await act();
        }
        catch (ReplayRefusedException refused)
        {
            Refused = refused.Message;
        }
    }

    private async Task DoAsync(ReplayStep step)
    {
        // What is due at the very time of a step comes after it: who is in time at that moment is in time.
        await FireAsync(due => due < step.At);
        var (at, by) = (step.At, step.Event is null ? null : scene.Organisation.ActorOf(step.Event));
        switch (step)
        {
            case { Kind: StepKind.Raise }:
                var intake = new TaskIntake("", $"{scene.Map.Subject} {log.Id}".Trim(), scene.Organisation.Place, log.IsUrgent ? Priority.Urgent : Priority.Normal) { DueBy = log.Deadline };
                await SubmitAsync(new Stimulus.Started(Id, Inputs(), intake) { At = at });
                break;
            case { Kind: StepKind.End }:
                await SubmitAsync(new Stimulus.EventReceived(EventName, JsonSerializer.SerializeToElement(new { stage = (int)StageName.PostEvaluation, ended = true })) { At = at });
                break;
            case { Event: { } happened, Kind: StepKind.Event }:
                var payload = new { activity = happened.Activity, stage = (int)happened.Stage, team = scene.Organisation.TeamId(happened.Group), ended = false };
                await SubmitAsync(new Stimulus.EventReceived(EventName, JsonSerializer.SerializeToElement(payload)) { At = at, By = by });
                await WorkAsync(happened, at);
                break;
            default:
                await SubmitAsync(new Stimulus.TaskAnnotated(step.Event!.Activity) { At = at, By = by });
                break;
        }
    }

    /// <summary>Whoever has done what the log says claims and completes the items that follow from it.</summary>
    private async Task WorkAsync(LogEvent happened, DateTimeOffset at)
    {
        var by = scene.Organisation.ActorOf(happened);
        foreach (var item in State!.WorkItems.Where(item => item.IsOpen).ToList())
        {
            if (item.Holder is null) await SubmitAsync(new Stimulus.WorkItemClaimed(item.Number, Stimulus.OnWorkItem.AnyRevision) { At = at, By = by });
            await SubmitAsync(new Stimulus.WorkItemCompleted(item.Number, Stimulus.OnWorkItem.AnyRevision, item.Content.Outcomes[0], null) { At = at, By = by });
        }
    }

    private async Task FireAsync(Func<DateTimeOffset, bool> isDue)
    {
        while (State is { NextDue: { } due } && !State.Status.IsFinal() && isDue(due)) await SubmitAsync(new Stimulus.TimerFired(TimerOf(State, due)) { At = due });
    }

    private static TimerKey TimerOf(WorkflowInstance state, DateTimeOffset due) =>
        state.Clocks.FirstOrDefault(clock => clock.NextDue == due) is { } clock ? new(TimerKind.Clock, clock.Id) : new(TimerKind.Bookmark, state.Bookmarks.First(wait => wait.DueAt == due).Id);

    private async Task SubmitAsync(Stimulus stimulus)
    {
        // Nobody else has a hand in these cases: another revision is a mistake, and not to be overwritten.
        var result = await scene.Queue.SubmitAsync(new(Id, stimulus) { Definition = stimulus is Stimulus.Started ? scene.Definition.Id : null, Expected = stimulus is Stimulus.Started ? null : State?.Revision });
        if (result is not CommandResult.Applied { Step: Step.Advanced { Facts.IsEmpty: false } step }) throw new ReplayRefusedException(result.Refusal?.Describe() ?? $"expected {stimulus.GetType().Name} to change something, found that it does not");
        State = step.After;
        if (step.Facts.OfType<Fact.TokenFaulted>().FirstOrDefault() is { } fault) throw new ReplayRefusedException($"expected '{fault.Incident.Node}' to go on, found an incident: {fault.Incident.Message}");
    }

    private ImmutableDictionary<string, JsonElement> Inputs()
    {
        var inputs = log.Inputs.ToImmutableDictionary(input => input.Key, input => JsonSerializer.SerializeToElement(input.Value));
        return scene.Definition.Inputs.Any(input => input.Name == "case") ? inputs.SetItem("case", JsonSerializer.SerializeToElement(log.Id)) : inputs;
    }
}

/// <summary>What the cases of a replay share.</summary>
internal sealed record ReplayScene(ReplayMap Map, WorkflowDefinition Definition, ReplayOrganisation Organisation, CommitQueue Queue);
