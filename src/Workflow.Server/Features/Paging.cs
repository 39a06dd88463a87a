using System.Globalization;
using System.Text;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features;

/// <summary>A page of a list: at most <paramref name="Limit"/> rows after <paramref name="After"/>.</summary>
internal sealed record Page(int Limit, IReadOnlyList<string>? After)
{
    private const char Separator = '|';

    /// <param name="parts">How many sort values a cursor of this list holds; 0 for one name.</param>
    public static Page? Read(string? cursor, int? limit, int parts, Limits limits, out IResult? problem)
    {
        var problems = new List<ValueProblem>();
        if (limit < 1 || limit > limits.MaxPageSize) problems.Add(new("/limit", $"1 to {limits.MaxPageSize}", limit.Value.ToString(CultureInfo.InvariantCulture)));
        var after = cursor is null ? null : Decode(cursor);
        if (cursor is not null && !IsCursor(after, parts)) problems.Add(new("/cursor", "a cursor that this list gave out", cursor));
        problem = problems.Count > 0 ? ProblemResults.Invalid(problems) : null;
        return problem is null ? new(limit ?? limits.PageSize, after) : null;
    }

    /// <summary>The place in a list that is sorted by time and then by instance; null on the first page.</summary>
    public (DateTimeOffset At, InstanceId Id, int Number)? Place =>
        After is [var ticks, var id, ..] && InstanceId.TryParse(id, out var instance)
            ? (new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), instance, After.Count > 2 ? int.Parse(After[2], CultureInfo.InvariantCulture) : 0) : null;

    public static string Cursor(DateTimeOffset at, string instance, int? number = null) =>
        number is { } last ? Cursor(Text(at.UtcTicks), instance, Text(last)) : Cursor(Text(at.UtcTicks), instance);

    public static string Cursor(params ReadOnlySpan<string> parts) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(Separator, parts!)));

    /// <summary>A name, or: the first part is a time in ticks, a revision or a version, the second an instance, the third a number.</summary>
    private static bool IsCursor(string[]? after, int parts) => parts == 0 ? after is [{ Length: > 0 }] :
        after?.Length == parts
        && long.TryParse(after[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first <= DateTimeOffset.MaxValue.UtcTicks
        && (parts < 2 || InstanceId.TryParse(after[1], out _))
        && (parts < 3 || int.TryParse(after[2], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[]? Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(Separator) : null;
    }
}
