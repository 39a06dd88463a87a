using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>The one place where an instance moves.</summary>
public static class Transition
{
    /// <summary>Moves an instance by one stimulus. Pure: same arguments, same result.</summary>
    /// <param name="before">The stored state; for <see cref="Stimulus.Started"/> an instance of revision 0.</param>
    public static Step Apply(WorkflowDefinition definition, WorkflowInstance before, Stimulus stimulus, World world)
    {
        if (before.Status.IsFinal()) return Rejected(Reason.InstanceFinished, "a running instance", before.Status.ToString());
        if (before.Status == InstanceStatus.Faulted) return Rejected(Reason.InstanceFaulted, "an instance without open incidents", $"{before.Incidents.Count(incident => incident.IsOpen)} that a person has to decide");
        if (before.Revision > 0 && stimulus is Stimulus.Started) throw new InvariantBrokenException("an instance is started twice");
        if (stimulus.At < before.UpdatedAt) stimulus = stimulus with { At = before.UpdatedAt };

        var burst = new Burst(definition, before, stimulus, world);
        if (before.Revision > 0) ClockDesk.CatchUp(burst);
        var rejection = stimulus switch
        {
            Stimulus.Started started => Start(burst, started),
            Stimulus.EventReceived received => Receive(burst, received),
            Stimulus.BookmarkResumed resumed => Resume(burst, resumed),
            Stimulus.TimerFired fired => Fire(burst, fired.Timer),
            Stimulus.WorkItemClaimed claimed => WorkItemTransition.Claim(burst, claimed),
            Stimulus.WorkItemReleased released => WorkItemTransition.Release(burst, released),
            Stimulus.EvidenceAttached attached => WorkItemTransition.Attach(burst, attached),
            Stimulus.WorkItemCompleted completed => WorkItemTransition.Complete(burst, completed),
            _ => throw new UnreachableException(),
        };
        if (rejection is not null) return new Step.Rejected(rejection);
        burst.Drain();

        if (burst.Facts.IsEmpty) return new Step.Advanced(before, []);
        var after = burst.Draft.ToInstance(stimulus.At);
        Invariants.Check(definition, after);
        return new Step.Advanced(after, burst.Facts);
    }

    private static Rejection? Start(Burst burst, Stimulus.Started started)
    {
        if (InputProblems(burst.Definition, started.Input) is { Count: > 0 } problems)
            return new(Reason.InputInvalid, "inputs as the definition declares them", $"{problems.Count} that do not fit", problems);
        burst.Record(new Fact.InstanceStarted(burst.Definition.Id, started.Input, BurstValues.DefaultsOf(burst.Definition.Variables), started.Task));
        burst.Schedule(burst.Definition.Root, null);
        return null;
    }

    private static List<ValueProblem> InputProblems(WorkflowDefinition definition, ImmutableDictionary<string, JsonElement> input)
    {
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
        foreach (var name in input.Keys.Where(name => !definition.Inputs.Any(declared => declared.Name == name)).Order(StringComparer.Ordinal))
            problems.Add(new($"/inputs/{JsonMembers.Escape(name)}", $"an input of the definition: {string.Join(", ", definition.Inputs.Select(declared => declared.Name))}", $"'{name}'"));
        return problems;
    }

    private static Rejection? Receive(Burst burst, Stimulus.EventReceived received)
    {
        var waiting = burst.Draft.Bookmarks.Where(bookmark => bookmark.Kind == BookmarkKind.Event && bookmark.Key == received.Name).ToList();
        if (waiting.Count == 0) return new(Reason.EventNotAwaited, "an event that this instance waits for", $"'{received.Name}'");
        if (received.Payload is { } payload && !payload.IsWellFormed()) return new(Reason.InputInvalid, "a payload of Unicode text", "half of a surrogate pair");
        foreach (var bookmark in waiting) Resume(burst, bookmark, received.Payload);
        return null;
    }

    private static Rejection? Resume(Burst burst, Stimulus.BookmarkResumed resumed)
    {
        if (resumed.Payload is { } payload && !payload.IsWellFormed()) return new(Reason.InputInvalid, "a payload of Unicode text", "half of a surrogate pair");
        var bookmark = burst.Draft.Bookmarks.Find(candidate => candidate.Id == resumed.Bookmark);
        if (bookmark is null) return new(Reason.EventNotAwaited, "a wait of this instance", $"{resumed.Bookmark}");
        Resume(burst, bookmark, resumed.Payload);
        return null;
    }

    /// <summary>A clock's due rungs have been fired by the catch-up; what is left is a wait, or nothing at all.</summary>
    private static Rejection? Fire(Burst burst, TimerKey timer)
    {
        if (timer.Kind == TimerKind.Clock)
            return burst.Facts.IsEmpty ? new(Reason.TimerStale, "a clock that is due", $"clock {timer.Number} is not") : null;
        var bookmark = burst.Draft.Bookmarks.Find(candidate => candidate.Id == timer.Number && candidate.DueAt <= burst.Stimulus.At);
        if (bookmark is null) return new(Reason.TimerStale, "a wait that is due", $"wait {timer.Number} is not");
        Resume(burst, bookmark, null);
        return null;
    }

    private static void Resume(Burst burst, Bookmark bookmark, JsonElement? payload)
    {
        if (!burst.Draft.Bookmarks.Contains(bookmark)) return;
        burst.Record(new Fact.BookmarkRemoved(bookmark.Id));
        burst.Run(bookmark.Token, (activity, context) => activity.Resumed(context, new Resumption.FromBookmark(bookmark, payload)));
    }

    private static Step.Rejected Rejected(Reason reason, string expected, string found) => new(new Rejection(reason, expected, found));
}

/// <summary>Kinds of wait that the built-in activities use.</summary>
public static class BookmarkKind
{
    public const string Event = "Elsa.Event";
    public const string Delay = "Elsa.Delay";
    public const string ReadLine = "Elsa.ReadLine";
}
