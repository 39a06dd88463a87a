using System.Globalization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Timing;

/// <summary>Waits for a time. Where it starts a workflow, that time has come already.</summary>
public abstract class TimedActivity : Activity
{
    /// <summary>A wait without a span.</summary>
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The time to wait for; one that has passed is waited for no longer.</summary>
    protected abstract DateTimeOffset DueAt(ActivityContext context);

    public override void Execute(ActivityContext context)
    {
        if (context.TakeTrigger() is not null)
        {
            context.Complete();
            return;
        }
        var due = DueAt(context);
        if (due <= context.At && this is StartAt) context.Complete();
        else context.Wait(Descriptor.Type, due.ToString("O", CultureInfo.InvariantCulture), due);
    }

    protected static DateTimeOffset After(ActivityContext context, string input)
    {
        var span = context.Input(input) is { } value ? Values.ToTimeSpan(value)!.Value : Minute;
        return span < DateTimeOffset.MaxValue - context.At ? context.At + span : throw ActivityContext.Fault($"input '{input}': expected a span that ends before the year 10000, found {span}");
    }
}

/// <summary><c>Elsa.Delay</c>: waits for a span of wall-clock time, one minute unless told otherwise.</summary>
public sealed class Delay : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new(BookmarkKind.Delay)
    {
        Category = "Time",
        Summary = "Waits for a span of wall-clock time, one minute unless told otherwise.",
        Waits = true,
        Inputs = [new("timeSpan", "TimeSpan") { Summary = "How long: 00:20:00, or PT20M." }],
        PlainMembers = ["strategy", "autoBlockingThreshold"],
    };

    public override void Check(Node node, DefinitionCheck check) => TimingRules.CheckSpan(node, "timeSpan", check);

    protected override DateTimeOffset DueAt(ActivityContext context) => After(context, "timeSpan");
}

/// <summary><c>Elsa.Timer</c>: waits for its interval.</summary>
public sealed class Timer : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Timer")
    {
        Category = "Time",
        Summary = "Waits for its interval.",
        Waits = true,
        Inputs = [new("interval", "TimeSpan", Check: TimingRules.IntervalMismatch) { Summary = "How long: 00:20:00, or PT20M; one minute without it." }],
    };

    /// <summary>Again and again, an interval apart.</summary>
    public override DateTimeOffset? StartsNext(Node node, DateTimeOffset after)
    {
        var span = node.Inputs.ContainsKey("interval") ? (node.Literal("interval") is { } value ? Values.ToTimeSpan(value) : null) : Minute;
        return span > TimeSpan.Zero && span < DateTimeOffset.MaxValue - after ? after + span : null;
    }

    protected override DateTimeOffset DueAt(ActivityContext context) => After(context, "interval");
}

/// <summary><c>Elsa.StartAt</c>: waits for an instant.</summary>
public sealed class StartAt : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.StartAt")
    {
        Category = "Time",
        Summary = "Waits for an instant.",
        Waits = true,
        Inputs = [new("dateTime", "DateTimeOffset", IsRequired: true) { Summary = "The instant: 2026-10-08T09:00:00+08:00." }],
    };

    public override DateTimeOffset? StartsNext(Node node, DateTimeOffset after) =>
        node.Literal("dateTime") is { } value && Values.ToTime(value) is { } at && at > after ? at : null;

    protected override DateTimeOffset DueAt(ActivityContext context) =>
        context.Input("dateTime") is { } value ? Values.ToTime(value)!.Value : throw ActivityContext.Fault("input 'dateTime': expected a time, found nothing");
}

/// <summary><c>Elsa.Cron</c>: waits for the next time of a cron expression of five fields, or six with seconds first. In UTC, as Elsa reads it.</summary>
public sealed class Cron : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Cron")
    {
        Category = "Time",
        Summary = "Waits for the next time of a cron expression, in UTC.",
        Waits = true,
        Inputs = [new("cronExpression", "String", IsRequired: true, Check: TimingRules.CronMismatch) { Samples = [Values.From("0 0 * * *")], Summary = "Five fields, or six with seconds first: 0 8 * * 1-5." }],
    };

    public override DateTimeOffset? StartsNext(Node node, DateTimeOffset after) =>
        node.LiteralText("cronExpression") is { } text && TimingRules.CronMismatch(text, out var expression) is null ? expression!.GetNextOccurrence(after, TimeZoneInfo.Utc) : null;

    protected override DateTimeOffset DueAt(ActivityContext context)
    {
        var text = context.Text("cronExpression") ?? "";
        if (TimingRules.CronMismatch(text, out var expression) is { } wanted) throw ActivityContext.Fault($"input 'cronExpression': expected {wanted}, found '{text}'");
        return expression!.GetNextOccurrence(context.At, TimeZoneInfo.Utc) ?? throw ActivityContext.Fault($"input 'cronExpression': expected a time to come, found none for '{text}'");
    }
}
