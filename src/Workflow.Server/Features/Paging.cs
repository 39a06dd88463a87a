using System.Globalization;
using System.Text;
using Workflow.Engine.Definitions;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features;

/// <summary>A page of a list: at most <paramref name="Limit"/> rows after <paramref name="After"/>.</summary>
internal sealed record Page(int Limit, IReadOnlyList<string>? After)
{
    private const char Separator = '|';

    /// <param name="parts">How many sort values a cursor of this list holds.</param>
    public static Page? Read(string? cursor, int? limit, int parts, Limits limits, out IResult? problem)
    {
        var problems = new List<ValueProblem>();
        if (limit < 1 || limit > limits.MaxPageSize) problems.Add(new("/limit", $"1 to {limits.MaxPageSize}", limit.Value.ToString(CultureInfo.InvariantCulture)));
        var after = cursor is null ? null : Decode(cursor);
        if (cursor is not null && !IsCursor(after, parts)) problems.Add(new("/cursor", "a cursor that this list gave out", cursor));
        problem = problems.Count > 0 ? ProblemResults.Invalid(problems) : null;
        return problem is null ? new(limit ?? limits.PageSize, after) : null;
    }

    public static string Cursor(params ReadOnlySpan<string> parts) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(Separator, parts!)));

    /// <summary>The first part is a time in ticks or a revision, the third a number; the second is text.</summary>
    private static bool IsCursor(string[]? after, int parts) =>
        after?.Length == parts
        && long.TryParse(after[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first <= DateTimeOffset.MaxValue.UtcTicks
        && (parts < 3 || int.TryParse(after[2], NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string[]? Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length).Split(Separator) : null;
    }
}
