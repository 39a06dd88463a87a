using System.Globalization;
using System.Text.RegularExpressions;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Organisation;

/// <summary>Reads the columns of one row, and says of each what was expected and what was found.</summary>
internal sealed partial class LineReader(OrganisationLine line, RowProblems problems)
{
    private readonly int before = problems.Total;

    public bool IsSound => problems.Total == before;

    /// <summary>An id or code that other rows refer to.</summary>
    public string Id(string column, int most = 128)
    {
        var text = line.Field(column);
        if (text is not null && text.Length <= most && IdForm().IsMatch(text)) return text;
        return Wrong(column, $"1 to {most} letters, digits and . _ : - that begin with a letter or a digit", text, "");
    }

    public string? OptionalId(string column, int most = 128) => line.Field(column) is null ? null : Id(column, most);

    public string Text(string column, int most)
    {
        if (RowText.Refuse(line.Field(column), most, line.At(column)) is { } bad) problems.Add(bad.Pointer, bad.Expected, bad.Found);
        return line.Field(column) ?? "";
    }

    /// <param name="missing">What an empty column means; null when it may not be empty.</param>
    public T Word<T>(string column, T? missing = null)
        where T : struct, Enum
    {
        var text = line.Field(column);
        if (text is null && missing is { } usual) return usual;
        return Parse<T>(text) is { } value ? value : Wrong(column, string.Join(", ", Names<T>()), text, default(T));
    }

    /// <summary>Words with commas between them; none where the column is empty.</summary>
    public List<T> Words<T>(string column)
        where T : struct, Enum
    {
        var words = (line.Field(column) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => (Word: word, Value: Parse<T>(word))).ToList();
        foreach (var (word, value) in words)
            if (value is null) Wrong(column, $"{string.Join(", ", Names<T>())}, with commas between them", word, "");
        return [.. words.Select(word => word.Value).OfType<T>()];
    }

    public DateOnly Day(string column) =>
        DateOnly.TryParseExact(line.Field(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : Wrong(column, "a day such as 2026-11-23", line.Field(column), DateOnly.MinValue);

    public DateOnly? OptionalDay(string column) => line.Field(column) is null ? null : Day(column);

    public TimeOnly Clock(string column) =>
        TimeOnly.TryParseExact(line.Field(column), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : Wrong(column, "a time of day such as 08:30", line.Field(column), TimeOnly.MinValue);

    public DateTimeOffset Instant(string column)
    {
        var text = line.Field(column);
        return text is not null && IsoTime.Parse(text) is { } at ? at.ToUniversalTime() : Wrong(column, "a time with its offset such as 2026-11-23T08:30:00+08:00", text, DateTimeOffset.MinValue);
    }

    public DateTimeOffset? OptionalInstant(string column) => line.Field(column) is null ? null : Instant(column);

    public bool Flag(string column) => line.Field(column) switch
    {
        null or "false" => false,
        "true" => true,
        var other => Wrong(column, "true, false or nothing", other, false),
    };

    /// <summary>Something that the columns say together.</summary>
    public void Require(bool holds, string column, string expected, string found)
    {
        if (IsSound && !holds) problems.Add(line.At(column), expected, found);
    }

    private T Wrong<T>(string column, string expected, string? found, T instead)
    {
        problems.Add(line.At(column), expected, RowText.Quote(found));
        return instead;
    }

    private static T? Parse<T>(string? word)
        where T : struct, Enum => Names<T>().Contains(word) ? Enum.Parse<T>(word!, ignoreCase: true) : null;

    private static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:-]*\z")]
    private static partial Regex IdForm();
}
