using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Workflow.Engine.Clocks;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow due</c>: when an SLA clock is due, with the ledger that explains it and adds up to the target.</summary>
internal static class DueCommand
{
    private const string Reason = "pause";

    /// <summary>The years that are reckoned with: the longest target and every zone stay within the calendar of the platform.</summary>
    private const int FirstYear = 1900, LastYear = 9000;

    public static Command Create()
    {
        var target = new Option<string>("--target") { Description = $"What is counted: {SlaTarget.Forms}.", Required = true };
        var start = new Option<string>("--start") { Description = "When the clock starts, such as 2026-11-23T09:30+08:00; without an offset the calendar's zone is meant.", Required = true };
        var calendar = new Option<string>("--calendar") { Description = "Id of a business calendar in --calendars.", DefaultValueFactory = _ => "cn-gov" };
        var calendars = new Option<string?>("--calendars") { Description = "Folder of business calendars. Default: definitions/calendars." };
        var pauses = new Option<string[]>("--pause") { Description = "FROM/TO, times as for --start; may be given again, in any order." };
        var dayEnd = new Option<string>("--day-end") { Description = "When the last of days or months ends: closing (of the calendar's working hours) or midnight.", DefaultValueFactory = _ => "closing" };
        dayEnd.AcceptOnlyFromAmong("closing", "midnight");
        var json = new Option<bool>("--json") { Description = "One JSON object instead of a table." };
        var command = new Command("due", "Says when an SLA clock is due, and why. Exit codes: 0 done, 1 a calendar cannot be read, 2 bad usage.") { target, start, calendar, calendars, pauses, dayEnd, json };
        command.SetAction(parsed =>
        {
            try
            {
                var all = DefinitionFiles.ReadCalendars(parsed.GetValue(calendars) ?? DefinitionFiles.Folder("definitions", "calendars"));
                var question = Question.Read(
                    parsed.GetRequiredValue(target), parsed.GetRequiredValue(start), parsed.GetRequiredValue(calendar), parsed.GetValue(pauses) ?? [], parsed.GetRequiredValue(dayEnd), all);
                Print(question, parsed.GetValue(json));
                return CommandLine.Done;
            }
            catch (FormatException problem)
            {
                Console.Error.WriteLine(problem.Message);
                return CommandLine.BadUsage;
            }
            catch (UnusableFileException problem)
            {
                Console.Error.WriteLine(problem.Message);
                return CommandLine.FoundWrong;
            }
        });
        return command;
    }

    private static void Print(Question question, bool json)
    {
        var due = DueTime.Compute(question.Target, question.Calendar, question.Spans);
        var rows = due.Ledger.Select(entry => new Row(Text(entry.From), Text(entry.To), question.Amount(entry), entry.Rule, entry.Name, entry.Basis)).ToList();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new { due = due.At is { } at ? Text(at) : null, provisional = due.IsProvisional, target = question.Target.ToString(), calendar = question.Calendar.ToString(), ledger = rows, sum = question.Sum(due) },
                Engine.Instances.InstanceJson.Options));
            return;
        }
        Console.WriteLine($"due          {(due.At is { } instant ? Text(instant) : "cannot be told")}");
        Console.WriteLine($"provisional  {(due.IsProvisional ? "yes: it rests on a year whose holidays are not known" : "no")}");
        Console.WriteLine();
        List<Row> table = [new("from", "to", "counted", "rule", null, "basis"), .. rows, new("sum", "", question.Sum(due), "", null, $"target {question.Target}")];
        var widths = new Func<Row, string>[] { row => row.From, row => row.To, row => row.Counted, row => row.Why }.Select(cell => table.Max(row => cell(row).Length)).ToArray();
        foreach (var row in table)
            Console.WriteLine($"{row.From.PadRight(widths[0])}  {row.To.PadRight(widths[1])}  {row.Counted.PadLeft(widths[2])}  {row.Why.PadRight(widths[3])}  {row.Basis}".TrimEnd());
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private sealed record Row(string From, string To, string Counted, string Rule, string? Name, string? Basis)
    {
        [JsonIgnore]
        public string Why => Name is null ? Rule : $"{Rule} {Name}";
    }

    private sealed record Question(SlaTarget Target, BusinessCalendar Calendar, ImmutableArray<ClockSpan> Spans)
    {
        public static Question Read(string target, string start, string calendar, string[] pauses, string dayEnd, IReadOnlyList<BusinessCalendar> all)
        {
            var found = all.FirstOrDefault(candidate => candidate.Id == calendar)
                ?? throw new FormatException($"--calendar: expected one of {string.Join(", ", all.Select(candidate => candidate.Id).Order())}, found '{calendar}'");
            if (!SlaTarget.TryParse(target, out var parsed, out var problem)) throw new FormatException($"--target: {problem}");
            var from = Time("--start", start, found);
            if (parsed is SlaTarget.Fixed { At: var given })
            {
                RequireYear("--target", given.Year, target);
                if (given < from) throw new FormatException($"--target: expected an instant that is not before --start ({Text(from)}), found '{target}'");
            }
            if (parsed is SlaTarget.Days days && dayEnd == "midnight") parsed = days with { End = DayEnd.Midnight };
            var between = pauses.Select(pause =>
            {
                var ends = pause.Split('/');
                if (ends.Length != 2) throw new FormatException($"--pause: expected FROM/TO, found '{pause}'");
                var (begins, over) = (Time("--pause", ends[0], found), Time("--pause", ends[1], found));
                return begins <= over ? (begins, over) : throw new FormatException($"--pause: expected a pause that ends after it begins, found '{pause}'");
            }).ToList();
            return new(parsed, found, ClockSpan.Around(from, between, Reason));
        }

        /// <summary>What an entry counts, in the unit of the target; months are counted by their days.</summary>
        public string Amount(LedgerEntry entry) => Amount(entry.Counted ? entry.To - entry.From : TimeSpan.Zero, entry.Counted ? entry.Days ?? 0 : 0);

        public string Sum(Due due)
        {
            var counted = due.Ledger.Where(entry => entry.Counted).ToList();
            var days = counted.Sum(entry => entry.Days ?? 0);
            return Target is SlaTarget.Days { Unit: DayUnit.Month } && days == (int)DueTime.Whole(Target, Calendar, Spans).TotalDays
                ? Target.ToString()
                : Amount(counted.Aggregate(TimeSpan.Zero, (sum, entry) => sum + (entry.To - entry.From)), days);
        }

        private string Amount(TimeSpan time, int days) => Target switch
        {
            SlaTarget.Days { Unit: DayUnit.Working } => $"{days}wd",
            SlaTarget.Days => $"{days}cd",
            SlaTarget.WorkingHours => time == TimeSpan.Zero ? "0wh" : new SlaTarget.WorkingHours(time).ToString(),
            _ => XmlConvert.ToString(time),
        };

        private static DateTimeOffset Time(string option, string text, BusinessCalendar calendar)
        {
            if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out var time) || !text.Contains('T', StringComparison.Ordinal))
                throw new FormatException($"{option}: expected a time such as 2026-11-23T09:30+08:00, found '{text}'");
            RequireYear(option, time.Year, text);
            return time.Kind == DateTimeKind.Utc ? calendar.InZone(new(time, TimeSpan.Zero)) : calendar.LocalTime(time);
        }

        private static void RequireYear(string option, int year, string text)
        {
            if (year is < FirstYear or > LastYear) throw new FormatException($"{option}: expected a time in the years {FirstYear} to {LastYear}, found '{text}'");
        }
    }
}
