using System.Collections.Immutable;
using FsCheck.Fluent;
using Workflow.Engine.Clocks;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Clocks;

public class DueTimePropertyTests(ITestOutputHelper output)
{
    [Fact]
    public void The_ledger_says_of_every_minute_what_a_naive_count_says_and_ends_at_the_due_time()
    {
        output.Check(10_000, ClockCase.Any, clock =>
        {
            var (expected, isReached) = clock.Oracle.Ledger(clock);

            var due = DueTime.Compute(clock.Target, clock.BusinessCalendar, clock.Spans);

            due.At.ShouldBe(isReached ? ClockCase.Instant(clock.Start + expected.Total) : null);
            Runs(due).ToString().ShouldBe(expected.ToString());
            if (!due.Ledger.IsEmpty) due.Ledger[0].From.ShouldBe(clock.Spans[0].From);
            due.IsProvisional.ShouldBe(expected.IsProvisional);
        });
    }

    [Fact]
    public void The_ledger_has_no_gap_and_no_two_entries_that_could_be_one_and_adds_up_to_the_target()
    {
        output.Check(10_000, ClockCase.Any, clock =>
        {
            var due = DueTime.Compute(clock.Target, clock.BusinessCalendar, clock.Spans);

            due.Ledger.Zip(due.Ledger.Skip(1)).Where(pair => pair.First.To != pair.Second.From || CouldBeOne(pair.First, pair.Second)).ShouldBeEmpty();
            due.Ledger.Where(entry => entry.From >= entry.To).ShouldBeEmpty();
            due.Ledger.Where(entry => entry.Rule is "holiday" or "rest-day" && entry.From.Date != entry.To.AddTicks(-1).Date).ShouldBeEmpty();
            var counted = due.Ledger.Where(entry => entry.Counted).Aggregate(TimeSpan.Zero, (sum, entry) => sum + (entry.To - entry.From));
            if (due.At is null) counted.ShouldBeLessThan(clock.Length);
            else counted.ShouldBe(clock.Length);
        });
    }

    [Fact]
    public void Splitting_a_span_changes_nothing()
    {
        var cases = from clock in ClockCase.Any from cut in Gen.Choose(0, 100) select (clock, cut);
        output.Check(10_000, cases, @case =>
        {
            var (clock, cut) = @case;
            var whole = clock.Spans;
            var first = whole[0];
            var middle = first.From + TimeSpan.FromMinutes(clock.Lengths[0] / 100 * cut);
            var split = whole.SetItem(0, first with { From = middle }).Insert(0, first with { To = middle });

            var due = DueTime.Compute(clock.Target, clock.BusinessCalendar, split);

            due.At.ShouldBe(DueTime.Compute(clock.Target, clock.BusinessCalendar, whole).At);
            due.Ledger.SequenceEqual(DueTime.Compute(clock.Target, clock.BusinessCalendar, whole).Ledger).ShouldBeTrue();
            Counted(clock, clock.End, split).ShouldBe(Counted(clock, clock.End));
        });
    }

    [Fact]
    public void Counted_time_never_falls_and_never_outruns_the_clock_on_the_wall()
    {
        var cases = from clock in ClockCase.Any from one in Gen.Choose(-10, 20_000) from other in Gen.Choose(0, 20_000) select (clock, one, other);
        output.Check(10_000, cases, @case =>
        {
            var (clock, one, other) = @case;
            var until = clock.Start + one;

            var grown = Counted(clock, until + other) - Counted(clock, until);

            grown.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(other));
        });
    }

    [Fact]
    public void A_share_of_the_target_is_reached_when_that_much_has_been_counted_and_the_whole_of_it_when_due()
    {
        var cases = from clock in ClockCase.Any from percent in Gen.Choose(1, 120) select (clock, percent / 100m);
        output.Check(10_000, cases, @case =>
        {
            var (clock, share) = @case;
            var (target, calendar, spans) = (clock.Target, clock.BusinessCalendar, clock.Spans);

            var at = DueTime.AtFraction(target, share, calendar, spans);

            DueTime.AtFraction(target, 1, calendar, spans).ShouldBe(DueTime.Compute(target, calendar, spans).At);
            if (at is { } reached) DueTime.Counted(target, calendar, spans, reached).ShouldBe(clock.Length * (double)share, TimeSpan.FromTicks(1));
            else Counted(clock, clock.End).ShouldBeLessThan(clock.Length * (double)share);
        });
    }

    [Fact]
    public void A_rung_in_working_time_is_that_much_working_time_from_due_and_the_nearest_such_instant()
    {
        var cases = from clock in ClockCase.Any from minutes in Gen.Choose(1, 2000) select (clock, minutes);
        output.Check(2_000, cases, @case =>
        {
            var (clock, length) = (@case.clock, TimeSpan.FromMinutes(@case.minutes));
            if (DueTime.AtFraction(clock.Target, 1, clock.BusinessCalendar, clock.Spans) is not { } due) return;

            var before = new RungTime.WorkingTime(-length).At(clock.Target, clock.BusinessCalendar, clock.Spans).ShouldNotBeNull();
            var after = new RungTime.WorkingTime(length).At(clock.Target, clock.BusinessCalendar, clock.Spans).ShouldNotBeNull();

            WorkingTime(clock, before, due).ShouldBe(length);
            WorkingTime(clock, before.AddTicks(1), due).ShouldBeLessThan(length);
            WorkingTime(clock, due, after).ShouldBe(length);
            WorkingTime(clock, due, after.AddTicks(-1)).ShouldBeLessThan(length);
        });
    }

    private static bool CouldBeOne(LedgerEntry entry, LedgerEntry next) =>
        (entry.Rule, entry.Name, entry.Provisional) == (next.Rule, next.Name, next.Provisional) && entry.Rule != "stopped"
        && (entry.Rule == "outside-hours" || entry.From.Date == next.From.Date);

    private static MinuteRuns Runs(Due due)
    {
        var runs = new MinuteRuns();
        foreach (var entry in due.Ledger)
        {
            var rule = new MinuteRule(entry.Rule, entry.Name, entry.Provisional);
            if (entry.Counted != rule.Counts) throw new InvalidOperationException($"expected an entry that counts as its rule says, found {entry}");
            runs.Add(rule, (int)(entry.To - entry.From).TotalMinutes);
        }
        return runs;
    }

    private static TimeSpan Counted(ClockCase clock, int until, ImmutableArray<ClockSpan>? spans = null) =>
        DueTime.Counted(clock.Target, clock.BusinessCalendar, spans ?? clock.Spans, ClockCase.Instant(until));

    private static TimeSpan WorkingTime(ClockCase clock, DateTimeOffset from, DateTimeOffset to) =>
        DueTime.Counted(Calendars.Target("1wh"), clock.BusinessCalendar, [new ClockSpan(from, null, null)], to);
}
