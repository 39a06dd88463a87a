using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>What waits of an instance are for, and how they go on.</summary>
public static partial class Transition
{
    /// <summary>A timer of less than this does not count as something from outside: a circle with a pause of nothing in it is a circle.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static Rejection? Receive(Burst burst, Stimulus.EventReceived received)
    {
        var waiting = burst.Draft.FindWaits(BookmarkKind.Event, received.Name);
        if (waiting.Count == 0) return new(Reason.EventNotAwaited, "an event that this instance waits for", $"'{received.Name}'");
        if (Malformed(received.Payload) is { } rejection) return rejection;
        foreach (var bookmark in waiting) Resume(burst, bookmark, new Resumption.FromBookmark(bookmark, received.Payload));
        return null;
    }

    private static Rejection? Resume(Burst burst, Stimulus.BookmarkResumed resumed)
    {
        if (Malformed(resumed.Payload) is { } rejection) return rejection;
        var bookmark = burst.Draft.Bookmarks.Find(resumed.Bookmark);
        if (bookmark is null) return new(Reason.WaitUnknown, "a wait of this instance", resumed.Bookmark == 0 ? "none" : $"{resumed.Bookmark}");
        // While states are explored, nothing else can end the wait for parts.
        if (bookmark.Kind is BookmarkKind.Effect or BookmarkKind.Child || bookmark.Kind is BookmarkKind.Parts or BookmarkKind.OrderFeedback && burst.World.Choices is null) return new(Reason.WaitUnknown, "a wait that a message can end", $"{resumed.Bookmark}, which waits for the {(bookmark.Kind switch { BookmarkKind.Effect => "result of an effect", BookmarkKind.OrderFeedback => "time", _ => "end of another instance" })}");
        Resume(burst, bookmark, new Resumption.FromBookmark(bookmark, resumed.Payload));
        return null;
    }

    /// <summary>A clock's due rungs have been fired by the catch-up; what is left is a wait, or nothing at all.</summary>
    private static Rejection? Fire(Burst burst, TimerKey timer)
    {
        if (timer.Kind == TimerKind.Clock)
            return !burst.HasFacts ? new(Reason.TimerStale, "a clock that is due", $"clock {timer.Number} is not") : null;
        if (timer.Kind == TimerKind.Ladder) return Ladders.Fire(burst, timer.Number);
        var bookmark = burst.Draft.Bookmarks.Find(timer.Number);
        if (bookmark is null || !(bookmark.DueAt <= burst.Stimulus.At)) return new(Reason.TimerStale, "a wait that is due", $"wait {timer.Number} is not");
        if (bookmark.DueAt - bookmark.CreatedAt < ShortestPause) burst.Effects.Generation = bookmark.Generation;
        Resume(burst, bookmark, new Resumption.FromBookmark(bookmark, null));
        return null;
    }

    private static Rejection? Complete(Burst burst, Stimulus.EffectCompleted completed)
    {
        if (Find(burst, BookmarkKind.Effect, completed.Effect) is not { } bookmark) return HearAnswer(burst, completed);
        burst.Effects.Generation = bookmark.Generation;
        Resume(burst, bookmark, new Resumption.FromEffect(completed.Effect, completed.Result));
        return null;
    }

    private static Rejection? Fail(Burst burst, Stimulus.EffectFailed failed)
    {
        if ((Find(burst, BookmarkKind.Effect, failed.Effect) ?? Find(burst, BookmarkKind.Child, failed.Effect)) is not { } bookmark) return Ladders.Hear(burst, failed.Effect, NoticeState.Failed, why: failed.Message) ? null : NotAwaited(failed.Effect);
        burst.Effects.Generation = bookmark.Generation;
        burst.Record(new Fact.BookmarkRemoved(bookmark.Id));
        burst.Run(bookmark.Token, (activity, context) => activity.EffectFailed(context, failed.Effect, failed.Message));
        return null;
    }

    /// <summary>What whoever carries a notice has answered.</summary>
    private static Rejection? HearAnswer(Burst burst, Stimulus.EffectCompleted completed)
    {
        if (!Ladders.Knows(burst, completed.Effect)) return NotAwaited(completed.Effect);
        var answer = completed.Result?.Deserialize<NoticeAnswer>(InstanceJson.Options) ?? new(NoticeState.Sent, null);
        Ladders.Hear(burst, completed.Effect, answer.State, answer.Address);
        return null;
    }

    private static Rejection? Hear(Burst burst, Stimulus.NoticeHeard heard) =>
        Ladders.Hear(burst, heard.Notice, heard.State, why: heard.Why) ? null : new(Reason.NotificationUnknown, "a notification of an offer that stands", $"{heard.Notice}");

    private static Rejection? Hear(Burst burst, Stimulus.ChildEnded ended)
    {
        if (burst.Draft.Task is { Parts: [_, ..] } && PartDesk.Accept(burst, ended)) return null;
        if (Find(burst, BookmarkKind.Child, ended.Effect) is not { } bookmark) return NotAwaited(ended.Effect);
        // A child that has waited for the outside brings that to its parent.
        burst.Effects.Generation = Math.Min(bookmark.Generation, ended.Generation);
        Resume(burst, bookmark, new Resumption.FromChild(ended.Result));
        return null;
    }

    /// <summary>What says nothing new is heard and changes nothing.</summary>
    private static Rejection? Listen(Burst burst, Stimulus.TaskTold told)
    {
        if (burst.Draft.Task is null) return new(Reason.NotAllowed, "a task", "another instance");
        switch (told.Message)
        {
            case TaskMessage.PartTakenBack back when burst.Draft.Task.Current?.Stage != StageName.PostEvaluation:
                return Cancel(burst, new(back.Reason) { At = told.At, By = told.By });
            case TaskMessage.PartReported reported:
                PartDesk.Hear(burst, reported);
                break;
            case TaskMessage.AssistantReported reported:
                PartDesk.Hear(burst, reported);
                break;
            case TaskMessage.OrderGiven or TaskMessage.CoveredEnded:
                OrderDesk.Hear(burst, told.Message);
                break;
        }
        return null;
    }

    internal static void Resume(Burst burst, Bookmark bookmark, Resumption resumption)
    {
        if (burst.Draft.Bookmarks.Find(bookmark.Id) is null) return;
        burst.Values.ForgetMemoryOnly();
        burst.Record(new Fact.BookmarkRemoved(bookmark.Id));
        burst.Run(bookmark.Token, (activity, context) => activity.Resumed(context, resumption));
    }

    private static Bookmark? Find(Burst burst, string kind, int number) =>
        burst.Draft.FindWaits(kind, number.ToString(CultureInfo.InvariantCulture)).FirstOrDefault();

    private static Rejection? Malformed(JsonElement? payload) =>
        payload is { } value && !value.IsWellFormed() ? new(Reason.InputInvalid, "a payload of Unicode text", "half of a surrogate pair") : null;

    private static Rejection NotAwaited(int effect) => new(Reason.EventNotAwaited, "an effect that this instance waits for", $"{effect}");
}

/// <summary>Kinds of wait that the engine and the built-in activities use.</summary>
public static class BookmarkKind
{
    public const string Event = "Elsa.Event";
    public const string Delay = "Elsa.Delay";
    public const string ReadLine = "Elsa.ReadLine";
    public const string RunTask = "Elsa.RunTask";

    /// <summary>The result of an effect; the key is its number.</summary>
    public const string Effect = "effect";

    /// <summary>The acceptance of parts that were handed down; the key is the number of their group, or <c>all</c>.</summary>
    public const string Parts = "parts";

    /// <summary>The time of the next feedback on an order.</summary>
    public const string OrderFeedback = "order-feedback";

    /// <summary>The end of another instance; the key is the number of the effect that started it.</summary>
    public const string Child = "child";
}
