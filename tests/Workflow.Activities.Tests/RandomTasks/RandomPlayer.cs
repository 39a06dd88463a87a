using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.RandomTasks;

/// <summary>People, events, timers and nonsense, in random order. What is refused stays refused; what went in goes in once.</summary>
internal sealed class RandomPlayer(Scenario task, Random random)
{
    private static readonly Actor[] People = [An.Li, An.Liu, An.Wang, An.Chen, An.Zhao, An.Zhou, An.Sun];

    public int Refused { get; private set; }

    public void Play(int steps)
    {
        for (var step = 0; step < steps && task.State.Status == InstanceStatus.Running; step++)
        {
            if (random.Next(6) == 0) task.Now += TimeSpan.FromMinutes(random.Next(1, 200));
            var stimulus = Next();
            if (task.Try(stimulus) is Step.Rejected) Refused++;
            else CheckOnce(stimulus);
        }
    }

    /// <summary>The same again is refused or changes nothing, unless somebody waits for that event again.</summary>
    private void CheckOnce(Stimulus stimulus)
    {
        if (stimulus is Stimulus.EventReceived received && task.State.Bookmarks.Any(bookmark => bookmark.Kind == BookmarkKind.Event && bookmark.Key == received.Name)) return;
        task.Again(stimulus).ShouldBeEmpty($"{stimulus} had an effect twice");
    }

    private Stimulus Next()
    {
        var open = task.State.WorkItems.Where(item => item.IsOpen).ToList();
        var roll = random.Next(20);
        if (roll < 2) return Nonsense();
        if (roll < 5 && task.NextTimer is { } timer) return Timer(timer);
        if (roll < 9 && task.State.Bookmarks.Where(bookmark => bookmark.Kind == BookmarkKind.Event).ToList() is { Count: > 0 } events)
            return task.Event(events[random.Next(events.Count)].Key, random.Next(3) switch { 0 => null, 1 => "true", _ => "false" });
        if (open.Count > 0) return OnItem(open[random.Next(open.Count)]);
        return task.NextTimer is { } next ? Timer(next) : task.Event("ping");
    }

    private Stimulus Timer((DateTimeOffset At, TimerKey Key) timer)
    {
        if (random.Next(5) > 0 && timer.At > task.Now) task.Now = timer.At;
        return task.Timer(timer.Key);
    }

    private Stimulus OnItem(WorkItem item)
    {
        if (item.State is not (WorkItemState.Offered or WorkItemState.Claimed)) return task.Event("ping");
        if (item.State is not WorkItemState.Claimed { By: var holder })
            return new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = task.Now, By = People.First(person => person.Teams[0] == item.Team.Id) };
        var by = People.Single(person => person.UserId == holder.UserId);
        if (!item.Content.EvidenceRequired.IsEmpty && item.Evidence.IsEmpty) return Evidence(item, by);
        return random.Next(8) == 0
            ? new Stimulus.WorkItemReleased(item.Number, item.Revision) { At = task.Now, By = by }
            : Completion(item, by, item.Content.Outcomes[random.Next(item.Content.Outcomes.Length)], "{ 'n': 1 }");
    }

    private Stimulus Nonsense()
    {
        var item = task.State.WorkItems.Length > 0 ? task.State.WorkItems[random.Next(task.State.WorkItems.Length)] : null;
        var by = People[random.Next(People.Length)];
        return random.Next(7) switch
        {
            0 => task.Event("nobody"),
            1 => task.Timer(new(TimerKind.Bookmark, random.Next(100))),
            2 => task.Timer(new(TimerKind.Clock, random.Next(100))),
            3 when item is not null => new Stimulus.WorkItemClaimed(item.Number, random.Next(1, 4)) { At = task.Now.AddHours(-1), By = by },
            4 when item is not null => Completion(item, by, "Done", "{ 'n': 'x' }"),
            5 when item is not null => Completion(item, by, "Nothing", null),
            6 when item is not null => Evidence(item, by),
            _ => new Stimulus.WorkItemReleased(random.Next(100), 1) { At = task.Now, By = by },
        };
    }

    private Stimulus.EvidenceAttached Evidence(WorkItem item, Actor by) =>
        new(item.Number, new($"e{item.Number}", EvidenceKind.Photo, "image/png", 1, $"{random.Next(3)}", "p.png", task.Now, by.Person)) { At = task.Now, By = by };

    private Stimulus.WorkItemCompleted Completion(WorkItem item, Actor by, string outcome, string? values) =>
        new(item.Number, item.Revision, outcome, values is null ? null : An.Json(values)) { At = task.Now, By = by };
}
