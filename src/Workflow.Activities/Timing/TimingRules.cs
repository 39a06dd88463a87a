using System.Text.Json;
using Cronos;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;

namespace Workflow.Activities.Timing;

/// <summary>What spans and cron expressions have to be, for those who check a definition and those who run it.</summary>
internal static class TimingRules
{
    public const string CronForm = "a cron expression of five fields, or six with seconds first";

    // Any time will do: an expression that matches nothing from here matches nothing from anywhere.
    private static readonly DateTimeOffset Origin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What was expected of the text of a cron expression; null when its time comes again and again.</summary>
    public static string? CronMismatch(JsonElement value) => CronMismatch(Values.ToText(value), out _);

    public static string? CronMismatch(string text, out CronExpression? expression)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (!CronExpression.TryParse(text, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard, out expression)) return CronForm;
        return expression.GetNextOccurrence(Origin, TimeZoneInfo.Utc) is null ? "a cron expression whose time comes" : null;
    }

    /// <summary>What was expected of an interval; null when it is longer than nothing.</summary>
    public static string? IntervalMismatch(JsonElement value) => Values.ToTimeSpan(value) is { } span && span <= TimeSpan.Zero ? "a span longer than 0" : null;

    /// <summary>A negative span is no wait at all.</summary>
    public static void CheckSpan(Node node, string input, DefinitionCheck check)
    {
        if (node.Literal(input) is { } value && Values.ToTimeSpan(value) is { } span && span < TimeSpan.Zero)
            check.Warn(node.Inputs[input].Pointer, "a span that is not negative", $"{value.Describe()}, which does not wait");
    }
}
