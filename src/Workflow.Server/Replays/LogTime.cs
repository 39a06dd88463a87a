using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflow.Server.Replays;

/// <summary>Times as event logs have them (ISO 8601, also with a space for the <c>T</c>).</summary>
internal static partial class LogTime
{
    public const string Form = "a time such as 2011-10-11 13:45:40.276+02:00";

    /// <param name="zone">Of a time without an offset.</param>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (Pattern().Match(text.Trim()) is not { Success: true } match) return null;
        var fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
        var whole = $"{match.Groups["date"].Value} {(match.Groups["minute"] is { Success: true } minute ? minute.Value : "00:00")}:{(match.Groups["second"] is { Success: true } second ? second.Value : "00")}.{fraction}";
        if (!DateTime.TryParseExact(whole, "yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        try
        {
            return new(local, OffsetOf(match.Groups["offset"].Value) ?? zone.GetUtcOffset(local));
        }
        catch (ArgumentException)
        {
            // An offset of more than 14 hours, or a time before the first year in UTC.
            return null;
        }
    }

    /// <returns>Null where the text has none.</returns>
    private static TimeSpan? OffsetOf(string text)
    {
        if (text.Length == 0) return null;
        if (text is "Z" or "z") return TimeSpan.Zero;
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var offset = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..], CultureInfo.InvariantCulture), 0);
        return text[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ](?<minute>[0-9]{2}:[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9}))?)? ?(?<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
