using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflow.Server.Hosting;

/// <summary>Times that people write: ISO 8601 with offset, because a time without one is another time on every machine.</summary>
internal static partial class IsoTime
{
    public static DateTimeOffset? Parse(string text) =>
        Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Form();
}
