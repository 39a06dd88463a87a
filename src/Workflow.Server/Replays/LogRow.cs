using Workflow.Server.Features;

namespace Workflow.Server.Replays;

/// <summary>A row as it was read: its event, and what it says of its case.</summary>
internal sealed record LogRow(string Case, LogEvent Event)
{
    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? Deadline { get; init; }

    public DateTimeOffset? End { get; init; }

    public bool IsUrgent { get; init; }

    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();
}

/// <summary>Where the header of a log has the columns of a map.</summary>
internal sealed class LogColumnIndexes
{
    private readonly ReplayMap map;
    private readonly Dictionary<string, int> indexes;

    private LogColumnIndexes(ReplayMap map, Dictionary<string, int> indexes, int count) => (this.map, this.indexes, Count) = (map, indexes, count);

    public int Count { get; }

    /// <exception cref="FormatException">One is missing, or there twice.</exception>
    public static LogColumnIndexes Of(ReplayMap map, string[] header)
    {
        var names = header.Select(name => name.Trim()).ToList();
        var wrong = map.ColumnNames.Where(column => names.Count(name => name == column) != 1)
            .Select(column => $"expected a header with the column '{column}' once, found {(names.Contains(column) ? $"'{column}' again" : RowText.Quote(string.Join(map.Separator, names)))}").ToList();
        return wrong.Count > 0 ? throw new FormatException(string.Join('\n', wrong)) : new(map, map.ColumnNames.ToDictionary(name => name, names.IndexOf), header.Length);
    }

    /// <param name="refuse">Told once when the row cannot be read.</param>
    public LogRow? Read(int line, string[] fields, Action<int, string, string> refuse)
    {
        var isRefused = false;
        var columns = map.Columns;
        var (id, activity, at) = (Needed(columns.Case, "the id of a case"), Needed(columns.Activity, "the name of an activity"), Time(columns.Time, isNeeded: true));
        var row = new LogRow(id ?? "", new(line, activity ?? "", default, at ?? default, Text(columns.Resource), Text(columns.Group)))
        {
            Start = Time(columns.Start), Deadline = Time(columns.Deadline), End = Time(columns.End),
            IsUrgent = map.Urgent is { } urgent && Text(urgent.Column) is { } value && urgent.Values.Contains(value),
            Inputs = map.Inputs.Select(input => (input.Key, Value: Text(input.Value))).Where(input => input.Value is not null).ToDictionary(input => input.Key, input => input.Value!),
        };
        if (isRefused) return null;
        if (map.Stages.TryGetValue(activity!, out var stage)) return row with { Event = row.Event with { Stage = stage } };
        refuse(line, "an activity that the map has under a stage", RowText.Quote(activity));
        return null;

        string? Field(string? column) => column is null ? null : fields[indexes[column]] is { Length: > 0 } text ? text : null;

        string? Text(string? column) => Field(column) is { } text && !map.Missing.Contains(text) ? text : null;

        string? Needed(string column, string what)
        {
            if (Field(column) is { } text && !string.IsNullOrWhiteSpace(text)) return text;
            Refuse($"{what} in '{column}'", Field(column));
            return null;
        }

        DateTimeOffset? Time(string? column, bool isNeeded = false)
        {
            var text = isNeeded ? Field(column) : Text(column);
            if (string.IsNullOrWhiteSpace(text) && !isNeeded) return null;
            var time = text is null ? null : LogTime.Parse(text, map.TimeZone);
            if (time is null) Refuse($"{LogTime.Form} in '{column}'", text);
            return time;
        }

        void Refuse(string expected, string? found)
        {
            if (!isRefused) refuse(line, expected, RowText.Quote(found));
            isRefused = true;
        }
    }
}

/// <summary>The rows of one case. Of what they say of the case the first counts.</summary>
internal sealed class CaseRows(string id)
{
    private readonly List<LogEvent> events = [];
    private readonly Dictionary<string, (int Line, DateTimeOffset At)> times = [];
    private readonly Dictionary<string, string> inputs = new(StringComparer.Ordinal);
    private bool isUrgent;

    public void Add(LogRow row, Action<LineProblem> note)
    {
        events.Add(row.Event);
        isUrgent |= row.IsUrgent;
        foreach (var (name, value) in row.Inputs) inputs.TryAdd(name, value);
        Keep("start", row.Start);
        Keep("deadline", row.Deadline);
        Keep("end", row.End);

        void Keep(string name, DateTimeOffset? time)
        {
            if (time is not { } at || times.TryAdd(name, (row.Event.Line, at)) || times[name].At == at) return;
            note(new(row.Event.Line, $"the {name} of case '{id}' as line {times[name].Line} has it ({times[name].At:O})", $"{at:O}; the first counts"));
        }
    }

    public LogCase ToCase() => new(id, [.. events.OrderBy(done => done.At)])
    {
        Start = Time("start"), Deadline = Time("deadline"), End = Time("end"), IsUrgent = isUrgent, Inputs = inputs,
    };

    private DateTimeOffset? Time(string name) => times.TryGetValue(name, out var known) ? known.At : null;
}
