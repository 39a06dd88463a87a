using System.Collections.Immutable;
using System.Globalization;
using FsCheck.Fluent;
using Workflow.Engine.Clocks;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Clocks;

public class DayCountTests(ITestOutputHelper output)
{
    [Theory]
    // The day of the start does not count, whatever the hour.
    [InlineData("3wd", "2026-11-23T00:00+08:00", "", "2026-11-26T17:00+08:00")]
    [InlineData("3wd", "2026-11-23T23:59+08:00", "", "2026-11-26T17:00+08:00")]
    [InlineData("1wd", "2026-11-27T10:00+08:00", "", "2026-11-30T17:00+08:00")]
    [InlineData("1wd", "2026-11-28T10:00+08:00", "", "2026-11-30T17:00+08:00")]
    [InlineData("1wd", "2026-09-30T16:00+08:00", "", "2026-10-08T17:00+08:00")] // 国庆节
    [InlineData("2wd", "2026-10-08T16:00+08:00", "", "2026-10-10T17:00+08:00")] // 10 October makes up for it
    // Calendar days move on to a working day.
    [InlineData("15cd", "2026-11-23T09:00+08:00", "", "2026-12-08T17:00+08:00")]
    [InlineData("5cd", "2026-11-23T09:00+08:00", "", "2026-11-30T17:00+08:00")]
    [InlineData("2cd", "2026-09-30T09:00+08:00", "", "2026-10-08T17:00+08:00")]
    // Months end on the corresponding day, or the month's last.
    [InlineData("1mo", "2026-01-31T09:00+08:00", "", "2026-02-28T17:00+08:00")] // a Saturday that makes up for 春节
    [InlineData("1mo", "2026-07-31T09:00+08:00", "", "2026-08-31T17:00+08:00")]
    [InlineData("6mo", "2026-03-09T09:00+08:00", "", "2026-09-09T17:00+08:00")]
    // A pause excludes the dates after the one on which it began, up to the one on which it ended.
    [InlineData("3wd", "2026-11-23T09:00+08:00", "2026-11-24T09:00+08:00/2026-11-24T16:00+08:00", "2026-11-26T17:00+08:00")]
    [InlineData("3wd", "2026-11-23T09:00+08:00", "2026-11-24T16:59+08:00/2026-11-25T00:00+08:00", "2026-11-27T17:00+08:00")]
    [InlineData("3wd", "2026-11-23T09:00+08:00", "2026-11-24T09:00+08:00/2026-11-26T09:00+08:00", "2026-11-30T17:00+08:00")]
    [InlineData("3wd", "2026-11-23T09:00+08:00", "2026-11-26T09:00+08:00/2026-12-01T09:00+08:00", "2026-11-26T17:00+08:00")]
    [InlineData("5cd", "2026-11-23T09:00+08:00", "2026-11-29T12:00+08:00/2026-12-01T08:00+08:00", "2026-12-02T17:00+08:00")] // Saturday moves to Monday, which is excluded
    [InlineData("1mo", "2026-03-09T09:00+08:00", "2026-03-11T12:00+08:00/2026-03-13T08:00+08:00", "2026-04-13T17:00+08:00")] // 9 and 2 more: a Saturday
    public void A_target_of_days_is_due_when_its_last_day_closes(string target, string start, string pauses, string due) =>
        Compute(target, start, pauses).At.ShouldBe(Calendars.At(due));

    [Fact]
    public void Ninety_days_of_a_penalty_case_rest_on_a_year_that_is_not_known_and_a_laboratory_moves_them()
    {
        var due = Compute("90cd", "2026-11-23T10:00+08:00", "");
        due.At.ShouldBe(Calendars.At("2027-02-22T17:00+08:00"));
        due.IsProvisional.ShouldBeTrue();

        var moved = Compute("90cd", "2026-11-23T10:00+08:00", "2026-12-01T10:00+08:00/2026-12-09T15:00+08:00");
        moved.At.ShouldBe(Calendars.At("2027-03-01T17:00+08:00"));
        moved.Ledger.Where(entry => entry.Rule == LedgerRule.Stopped).Sum(entry => entry.Days).ShouldBe(8);
        Compute("15cd", "2026-11-23T10:00+08:00", "").IsProvisional.ShouldBeFalse();
    }

    [Fact]
    public void The_ledger_names_every_day_with_its_rule_and_basis()
    {
        var due = Compute("2cd", "2026-09-30T09:00+08:00", "");

        due.Ledger.Select(entry => $"{entry.From:MM-dd HH:mm} {entry.To:MM-dd HH:mm} {entry.Days} {entry.Counted} {entry.Rule} {entry.Name}").ShouldBe(
        [
            "09-30 09:00 10-01 00:00 1 False start-day ",
            "10-01 00:00 10-03 00:00 2 True calendar-day ",
            "10-03 00:00 10-08 00:00 5 False holiday 国庆节",
            "10-08 00:00 10-08 17:00 1 False moved-on ",
        ]);
        due.Ledger[0].Basis.ShouldBe("《中华人民共和国民法典》第二百零一条");
        due.Ledger[^1].Basis.ShouldBe("《中华人民共和国民法典》第二百零三条");
    }

    [Theory]
    [InlineData("3wd", "2026-11-27T00:00+08:00")]
    [InlineData("5cd", "2026-12-01T00:00+08:00")]
    public void A_day_may_end_at_midnight(string target, string due) =>
        DueTime.Compute(Midnight(target), Calendars.China, Calendars.Since("2026-11-23T09:00+08:00")).At.ShouldBe(Calendars.At(due));

    [Fact]
    public void Round_the_clock_every_day_is_a_working_day_and_lasts_until_midnight()
    {
        var due = DueTime.Compute(Calendars.Target("5cd"), BusinessCalendar.Continuous, Calendars.Since("2026-11-23T09:00+08:00"));

        due.At.ShouldBe(Calendars.At("2026-11-29T00:00+08:00"));
        due.IsProvisional.ShouldBeFalse();
    }

    [Fact]
    public void A_share_of_days_falls_into_the_working_hours_of_a_day()
    {
        DateTimeOffset? At(string target, decimal share) => DueTime.AtFraction(Calendars.Target(target), share, Calendars.China, Calendars.Since("2026-11-23T09:00+08:00"));

        At("2wd", 0.5m).ShouldBe(Calendars.At("2026-11-24T17:00+08:00"));
        At("1wd", 0.5m).ShouldBe(Calendars.At("2026-11-24T13:30+08:00"));
        At("10cd", 0.5m).ShouldBe(Calendars.At("2026-11-29T00:00+08:00")); // a Saturday has no closing time
        At("3wd", 2).ShouldBe(Calendars.At("2026-12-01T17:00+08:00"));
    }

    [Theory]
    [InlineData("-1wd", "2026-11-27T17:00+08:00")]
    [InlineData("-1cd", "2026-11-29T17:00+08:00")]
    [InlineData("+2wd", "2026-12-02T17:00+08:00")]
    public void A_rung_may_lie_days_before_or_after_due(string rung, string at) =>
        (RungTime.TryParse(rung, out var time, out _) ? time : null).ShouldNotBeNull()
            .At(Calendars.Target("5wd"), Calendars.China, Calendars.Since("2026-11-23T09:00+08:00")).ShouldBe(Calendars.At(at));

    [Fact]
    public void An_instant_that_was_given_is_due_then_whatever_stops_the_clock()
    {
        var spans = ClockSpan.Around(Calendars.At("2026-11-23T09:00+08:00"), [(Calendars.At("2026-11-24T09:00+08:00"), Calendars.At("2026-11-26T09:00+08:00"))], "waiting");

        var due = DueTime.Compute(Calendars.Target("2026-12-01T17:00:00+08:00"), Calendars.China, spans);

        due.At.ShouldBe(Calendars.At("2026-12-01T17:00+08:00"));
        due.Ledger.ShouldHaveSingleItem().Rule.ShouldBe(LedgerRule.FixedInstant);
    }

    [Fact]
    public void Ten_thousand_random_cases_agree_with_a_naive_count()
    {
        output.Check(10_000, DayCase.Any, @case =>
        {
            var (due, isProvisional) = @case.Oracle.Due(@case.Count, @case.Unit, @case.End, @case.Start, @case.Pauses);

            var computed = DueTime.Compute(@case.Target, @case.Calendar, @case.Spans);

            computed.At.ShouldBe(due);
            computed.IsProvisional.ShouldBe(isProvisional);
        });
    }

    [Fact]
    public void The_ledger_has_no_gap_and_adds_up_to_the_target()
    {
        output.Check(10_000, DayCase.Any, @case =>
        {
            var due = DueTime.Compute(@case.Target, @case.Calendar, @case.Spans);

            due.Ledger[0].From.ShouldBe(@case.Start);
            due.Ledger[^1].To.ShouldBe(due.At!.Value);
            due.Ledger.Zip(due.Ledger.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
            due.Ledger.Where(entry => entry.Counted).Sum(entry => entry.Days)!.Value.ShouldBe((int)DueTime.Whole(@case.Target, @case.Calendar, @case.Spans).TotalDays);
            due.IsProvisional.ShouldBe(due.Ledger.Any(entry => entry.Provisional));
        });
    }

    [Fact]
    public void Shares_rise_up_to_the_due_time_and_beyond()
    {
        var cases = from @case in DayCase.Any from one in Gen.Choose(1, 150) from more in Gen.Choose(1, 50) select (@case, one, more);
        output.Check(2_000, cases, drawn =>
        {
            DateTimeOffset At(int percent) => DueTime.AtFraction(drawn.@case.Target, percent / 100m, drawn.@case.Calendar, drawn.@case.Spans)!.Value;

            At(drawn.one).ShouldBeLessThanOrEqualTo(At(drawn.one + drawn.more));
            if (drawn.one <= 100) At(drawn.one).ShouldBeLessThanOrEqualTo(At(100));
        });
    }

    /// <summary>Found by the test above: half past midnight is skipped there, and was taken for half past one.</summary>
    [Fact]
    public void A_share_that_falls_into_the_hour_that_a_switch_skips_is_reached_at_the_switch()
    {
        var cairo = Calendars.Read(Calendars.CairoText);
        DateTimeOffset At(int percent) => DueTime.AtFraction(Calendars.Target("33wd"), percent / 100m, cairo, [new(Calendars.At("2026-03-03T07:17+02:00"), null, null)])!.Value;

        At(88).ShouldBe(Calendars.At("2026-04-24T01:00+03:00"));
        At(89).ShouldBe(Calendars.At("2026-04-24T01:01:03+03:00"), TimeSpan.FromSeconds(1));
    }

    private static Due Compute(string target, string start, string pauses) => DueTime.Compute(
        Calendars.Target(target), Calendars.China,
        ClockSpan.Around(
            Calendars.At(start),
            pauses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pause => pause.Split('/')).Select(ends => (Calendars.At(ends[0]), Calendars.At(ends[1]))),
            "laboratory"));

    private static SlaTarget.Days Midnight(string target) => ((SlaTarget.Days)Calendars.Target(target)) with { End = DayEnd.Midnight };

    /// <summary>Pauses in any order, overlapping or not, some beginning before the start.</summary>
    private sealed record DayCase(int Which, DayUnit Unit, DayEnd End, int Count, DateTimeOffset Start, ImmutableArray<(DateTimeOffset From, DateTimeOffset To)> Pauses)
    {
        private static readonly ImmutableArray<string> Texts = [Calendars.ChinaText, Calendars.AmsterdamText, Calendars.CairoText];
        private static readonly ImmutableArray<BusinessCalendar> Read = [.. Texts.Select(Calendars.Read)];
        private static readonly ImmutableArray<DayOracle> Oracles = [.. Texts.Select(text => new DayOracle(text))];
        private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public static readonly FsCheck.Gen<DayCase> Any =
            from calendar in Gen.Choose(0, Texts.Length - 1)
            from unit in Gen.Elements(Enum.GetValues<DayUnit>())
            from end in Gen.Elements(Enum.GetValues<DayEnd>())
            from count in unit == DayUnit.Month ? Gen.Choose(1, 14) : Gen.Choose(1, 120)
            from start in Gen.OneOf(Gen.Choose(0, 400 * 1440), Gen.Choose(0, 400 * 24).Select(hour => hour * 60))
            from pauses in Gen.Choose(0, 4)
            from begins in Gen.OneOf(Gen.Choose(-2000, 60 * 1440), Gen.Choose(-48, 60 * 24).Select(hour => hour * 60)).ArrayOf(pauses)
            from lengths in Gen.OneOf(Gen.Choose(1, 600), Gen.Choose(1, 15 * 1440), Gen.Choose(1, 72).Select(hour => hour * 60)).ArrayOf(pauses)
            let at = Origin.AddMinutes(start)
            select new DayCase(calendar, unit, end, count, Read[calendar].InZone(at), [.. begins.Zip(lengths, (begin, length) => (at.AddMinutes(begin), at.AddMinutes(begin + length)))]);

        public BusinessCalendar Calendar => Read[Which];

        public DayOracle Oracle => Oracles[Which];

        public SlaTarget Target => new SlaTarget.Days(Count, Unit) { End = End };

        public ImmutableArray<ClockSpan> Spans => ClockSpan.Around(Start, Pauses, "waiting");

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Target} {End} on {Calendar} from {Start:O}, paused {string.Join(", ", Pauses.Select(pause => $"{pause.From:O}/{pause.To:O}"))}");
    }
}
