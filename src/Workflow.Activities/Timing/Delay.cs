using System.Globalization;
using Cronos;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Timing;

/// <summary>Waits for a time. Where it starts a workflow, that time has come already.</summary>
public abstract class TimedActivity : Activity
{
    /// <summary>The time to wait for; one that has passed is waited for no longer.</summary>
    protected abstract DateTimeOffset DueAt(ActivityContext context);

    public override void Execute(ActivityContext context)
    {
        if (context.Trigger is not null)
        {
            context.Complete();
            return;
        }
        var due = DueAt(context);
        if (due <= context.At && this is StartAt) context.Complete();
        else context.Wait(Descriptor.Type, due.ToString("O", CultureInfo.InvariantCulture), due);
    }

    protected static TimeSpan Span(ActivityContext context, string input) =>
        context.Input(input) is { } value ? Values.ToTimeSpan(value)!.Value : TimeSpan.FromMinutes(1);
}

/// <summary><c>Elsa.Delay</c>: waits for a span of wall-clock time, one minute unless told otherwise.</summary>
public sealed class Delay : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new(BookmarkKind.Delay) { Inputs = [new("timeSpan", "TimeSpan")] };

    protected override DateTimeOffset DueAt(ActivityContext context) => context.At + Span(context, "timeSpan");
}

/// <summary><c>Elsa.Timer</c>: waits for its interval; at the start of a workflow it starts it again and again.</summary>
public sealed class Timer : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Timer") { Inputs = [new("interval", "TimeSpan")] };

    protected override DateTimeOffset DueAt(ActivityContext context) => context.At + Span(context, "interval");
}

/// <summary><c>Elsa.StartAt</c>: waits for an instant.</summary>
public sealed class StartAt : TimedActivity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.StartAt") { Inputs = [new("dateTime", "DateTimeOffset", IsRequired: true)] };

    protected override DateTimeOffset DueAt(ActivityContext context) =>
        context.Input("dateTime") is { } value ? Values.ToTime(value)!.Value : throw ActivityContext.Fault("input 'dateTime': expected a time, found nothing");
}

/// <summary><c>Elsa.Cron</c>: waits for the next time of a cron expression of five fields, or six with seconds first. In UTC, as Elsa reads it.</summary>
public sealed class Cron : TimedActivity
{
    private const string Form = "a cron expression of five fields, or six with seconds first";

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.Cron")
    {
        Inputs = [new("cronExpression", "String", IsRequired: true, Check: value => Parse(Values.ToText(value)) is null ? Form : null)],
    };

    protected override DateTimeOffset DueAt(ActivityContext context)
    {
        var text = context.Text("cronExpression") ?? "";
        var expression = Parse(text) ?? throw ActivityContext.Fault($"input 'cronExpression': expected {Form}, found '{text}'");
        return expression.GetNextOccurrence(context.At, TimeZoneInfo.Utc) ?? throw ActivityContext.Fault($"input 'cronExpression': expected a time to come, found none for '{text}'");
    }

    /// <summary>Null for what is no cron expression, or for one whose time never comes.</summary>
    internal static CronExpression? Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return CronExpression.TryParse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out var expression)
            && expression.GetNextOccurrence(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc) is not null ? expression : null;
    }
}
