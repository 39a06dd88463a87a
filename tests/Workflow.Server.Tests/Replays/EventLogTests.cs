using System.Globalization;
using System.IO.Compression;
using System.Text;
using Workflow.Engine.Instances;
using Workflow.Reliability.Processes;
using Workflow.Server.Hosting;
using Workflow.Server.Replays;
using Xunit.Abstractions;

namespace Workflow.Server.Tests.Replays;

public sealed class EventLogTests(ITestOutputHelper output) : IDisposable
{
    private const string Map = """
        { "definition": "d.json", "columns": { "case": "c", "activity": "a", "time": "t", "deadline": "d", "end": "e" }, "place": { "code": "x", "city": "X", "name": "Y" },
          "stages": { "initiation": ["one", "a,b"], "response": ["two"], "analysis": ["three \"3\""], "handling": ["four\nlines"], "postEvaluation": ["五"] } }
        """;

    private static readonly string[] Activities = ["one", "a,b", "two", "three \"3\"", "four\nlines", "五"];
    private static readonly int[] Stages = [0, 0, 1, 2, 3, 4];
    private readonly string folder = ServerProcess.NewFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Figures_of_random_logs_are_those_of_a_script()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            output.WriteLine($"seed {seed}");
#pragma warning disable RS0030 // Seeded, and the seed is printed.
            var random = new Random(seed);
#pragma warning restore RS0030
            var rows = RowsOf(random);

            var figures = LogFigures.Of(Read(TextOf(rows, random)), LogFigures.IsOnTime);

            var naive = NaiveFigures.Of(rows);
            new NaiveFigures(figures.Cases, figures.Events, figures.Activities, figures.Variants, figures.ClosedOnTime, figures.ClosedLate, figures.Open, naive.Median, naive.Mean, figures.Returns)
                .ShouldBe(naive, $"seed {seed}");
            figures.MedianDays!.Value.ShouldBe(naive.Median, 1e-9, $"seed {seed}");
            figures.MeanDays!.Value.ShouldBe(naive.Mean, 1e-9, $"seed {seed}");
            figures.UnreadableRows.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("x,one,2011-13-01 10:00,,", "line 2: expected a time such as 2011-10-11 13:45:40.276+02:00 in 't', found '2011-13-01 10:00'")]
    [InlineData("x,one,,,", "line 2: expected a time such as 2011-10-11 13:45:40.276+02:00 in 't', found nothing")]
    [InlineData("x,one,2011-10-01 10:00,soon,", "line 2: expected a time such as 2011-10-11 13:45:40.276+02:00 in 'd', found 'soon'")]
    [InlineData(",one,2011-10-01 10:00,,", "line 2: expected the id of a case in 'c', found nothing")]
    [InlineData("x,,2011-10-01 10:00,,", "line 2: expected the name of an activity in 'a', found nothing")]
    [InlineData("x,six,2011-10-01 10:00,,", "line 2: expected an activity that the map has under a stage, found 'six'")]
    [InlineData("x,one,2011-10-01 10:00", "line 2: expected 5 fields, as the header has, found 3")]
    [InlineData("x,o\"ne,2011-10-01 10:00,,", "line 2: expected fields as RFC 4180 writes them")]
    [InlineData("x,\"one,2011-10-01 10:00,,", "line 2: expected fields as RFC 4180 writes them")]
    [InlineData("x,one,2011-10-01 10:00,,\uFFFD", "line 2: expected text in UTF-8")]
    [InlineData("x,one,2011-10-01 10:00+15:00,,", "line 2: expected a time such as")]
    public void A_row_that_cannot_be_read_is_named_and_costs_no_other(string row, string problem)
    {
        var problems = new List<LineProblem>();

        var log = Read($"c,a,t,d,e\n{row}\ny,one,2011-10-01 10:00,,\n", problems);

        problems.ShouldHaveSingleItem().ToString().ShouldStartWith(problem);
        log.Unreadable.ShouldBe(1);
        log.Cases.ShouldHaveSingleItem().Id.ShouldBe("y");
    }

    [Fact]
    public void A_quote_that_stays_open_gives_up_its_own_line_only()
    {
        var problems = new List<LineProblem>();
        var rows = Enumerable.Range(0, 50).Select(index => $"case {index},{(index is 10 or 12 ? "\"" : "")}one,2011-10-01 10:00,,");

        var log = Read($"c,a,t,d,e\n{string.Join('\n', rows)}\n", problems);

        problems.Select(problem => problem.Line).ShouldBe([12, 14]);
        log.Cases.Count.ShouldBe(48);
    }

    [Theory]
    [InlineData("2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276Z")]
    [InlineData("2011-10-11T13:45:40Z", "2011-10-11T13:45:40Z")]
    [InlineData("2011-10-11T13:45:40.123456789+0200", "2011-10-11T11:45:40.1234567Z")]
    [InlineData("2011-10-11 13:45", "2011-10-11T11:45:00Z")]
    [InlineData("2011-12-11 13:45", "2011-12-11T12:45:00Z")]
    [InlineData("2011-10-11", "2011-10-10T22:00:00Z")]
    [InlineData(" 2011-10-11 13:45 +02 ", "2011-10-11T11:45:00Z")]
    [InlineData("10/11/2011 13:45", null)]
    [InlineData("2011-02-30", null)]
    [InlineData("2011-10-11 24:00", null)]
    public void Times_are_read_with_their_offset_or_in_the_zone_of_the_map(string text, string? utc) =>
        LogTime.Parse(text, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")).ShouldBe(utc is null ? null : DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("c,a,d,e", "expected a header with the column 't' once, found 'c,a,d,e'")]
    [InlineData("c,a,t,d,e,c", "expected a header with the column 'c' once, found 'c' again")]
    [InlineData("", "expected a header with the names of the columns, found an empty file")]
    public void A_header_that_cannot_be_used_is_refused(string header, string problem) => Should.Throw<FormatException>(() => Read(header)).Message.ShouldBe(problem);

    [Fact]
    public async Task A_compressed_log_is_read_as_a_plain_one_and_a_broken_one_is_refused()
    {
        var (plain, packed, broken) = (Path.Combine(folder, "log.csv"), Path.Combine(folder, "log"), Path.Combine(folder, "broken.gz"));
        await File.WriteAllTextAsync(plain, "c,a,t,d,e\r\nx,one,2011-10-01 10:00,,\r\n", new UTF8Encoding(true));
        await using (var to = new GZipStream(File.Create(packed), CompressionLevel.Fastest)) await to.WriteAsync(await File.ReadAllBytesAsync(plain));
        await File.WriteAllBytesAsync(broken, (await File.ReadAllBytesAsync(packed))[..^12]);

        foreach (var file in new[] { plain, packed }) EventLogReader.ReadFile(file, Reader).Cases.ShouldHaveSingleItem().Events.ShouldHaveSingleItem().Line.ShouldBe(2);
        Should.Throw<UnusableFileException>(() => EventLogReader.ReadFile(broken, Reader)).Message.ShouldStartWith($"{broken}: expected an event log that can be read");
    }

    [Fact]
    public void A_case_is_told_by_its_first_values_and_comes_in_at_the_first_that_is_known_of_it()
    {
        var one = Read("c,a,t,d,e\nx,two,2011-10-03,,\nx,one,2011-10-02,2011-10-09,2011-10-02\nx,two,2011-10-04,2011-10-08,2011-10-07\n").Cases.Single();

        one.Events.Select(done => done.Line).ShouldBe([3, 2, 4]);
        one.Deadline.ShouldBe(new(2011, 10, 9, 0, 0, 0, TimeSpan.Zero));
        one.During.Select(done => done.Line).ShouldBe([3], "an event at the very end belongs to the case");
        one.Afterwards.Select(done => done.Line).ShouldBe([2, 4]);
        one.RaisedAt.ShouldBe(one.Events[0].At);
    }

    private static EventLog Read(string text, List<LineProblem>? problems = null) => Reader(problems).Read(new StringReader(text));

    private static EventLogReader Reader() => Reader(null);

    private static EventLogReader Reader(List<LineProblem>? problems) => new(
        new ReplayMapReader(System.Text.Json.JsonElement.Parse(Map), new()).Read()!, new(), problem => problems?.Add(problem), _ => { });

    private static List<NaiveRow> RowsOf(Random random)
    {
        var start = new DateTimeOffset(2011, 10, 29, 0, 0, 0, TimeSpan.Zero);
        var cases = Enumerable.Range(0, random.Next(1, 12)).Select(index => (
            Id: index == 0 ? "a \"case\", quoted" : $"case {index}",
            Deadline: random.Next(4) == 0 ? (DateTimeOffset?)null : start.AddHours(random.Next(48)),
            End: random.Next(3) == 0 ? (DateTimeOffset?)null : start.AddHours(random.Next(48)))).ToList();
        return
        [
            .. Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
            {
                var (one, activity) = (cases[random.Next(cases.Count)], random.Next(Activities.Length));
                // Few different hours, so that many events fall together.
                return new NaiveRow(one.Id, Activities[activity], Stages[activity], start.AddHours(random.Next(12)), one.Deadline, one.End);
            }),
        ];
    }

    private static string TextOf(IEnumerable<NaiveRow> rows, Random random)
    {
        var end = random.Next(2) == 0 ? "\r\n" : "\n";
        var text = new StringBuilder($"c,x,a,t,d,e{end}");
        foreach (var row in rows)
        {
            string[] fields = [row.Case, "whatever", row.Activity, Time(row.At), row.Deadline is { } due ? Time(due) : "", row.End is { } ended ? Time(ended) : ""];
            text.Append(string.Join(',', fields.Select(Field))).Append(random.Next(10) == 0 ? end + end : end);
        }
        return text.ToString();

        string Field(string field) => field.AsSpan().IndexOfAny(",\"\n") >= 0 || random.Next(5) == 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

        // The same instant in another offset.
        string Time(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(random.Next(-11, 12))).ToString("yyyy-MM-dd HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
