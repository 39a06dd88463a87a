using System.Globalization;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>The task of the same subject and definition that was closed before this one was raised, within the recurrence window.</summary>
/// <param name="Repeats">How many tasks in a row came before: 1 for the first repeat.</param>
/// <param name="Do">What the definition wanted: see <see cref="RecurrenceAction"/>.</param>
public sealed record EarlierTask(InstanceId Id, string Number, DateTimeOffset ClosedAt, int Repeats, RecurrenceAction Do);

/// <summary>Numbers of tasks that go on with others: <c>CD-2026-000123</c>, <c>CD-2026-000123-2</c>, <c>CD-2026-000123-3</c>.</summary>
public static class Recurrence
{
    /// <summary>Serial numbers have at least this many digits, so that a suffix is none.</summary>
    public const int SerialDigits = 6;

    /// <summary>The number of the task that goes on with the one of this number.</summary>
    public static string NextNumber(string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        var dash = number.LastIndexOf('-');
        return dash >= 0 && number.Length - dash - 1 < SerialDigits && int.TryParse(number.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var round)
            ? string.Create(CultureInfo.InvariantCulture, $"{number.AsSpan(0, dash)}-{round + 1}")
            : $"{number}-2";
    }
}
