using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;
using static Workflow.Activities.Tests.An;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>Random tasks under calendars that change again and again. <c>WORKFLOW_TEST_SEED</c> runs one of them again.</summary>
public class RecountTests(ITestOutputHelper output)
{
    private const int Runs = 60;
    private const string Cap = "3wd";
    private static readonly string[] Targets = ["4wh", "20wh", "1wd", "3wd", "15cd", "40cd", "2mo", "PT30H"];
    private static readonly Actor Operator = new("u-operator", "何敏", []);

    [Fact]
    public void A_changed_calendar_gives_the_due_time_of_a_clock_counted_from_scratch_and_no_due_time_moves_without_an_entry()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WORKFLOW_TEST_SEED"), out var given) ? given : Environment.TickCount;
        output.WriteLine($"WORKFLOW_TEST_SEED={seed}");
        var (moved, annulled, breached, capsMoved, capped) = (0, 0, 0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(seed + run); // banned outside of tests that print their seed
            var task = Play(random, ref moved);
            annulled += task.Journal.OfType<Fact.BreachAnnulled>().Count();
            breached += task.Journal.OfType<Fact.ClockBreached>().Count();
            capsMoved += task.Journal.OfType<Fact.PauseCapMoved>().Count();
            capped += task.Journal.OfType<Fact.PauseCapped>().Count();
        }
        output.WriteLine($"moved {moved}, annulled {annulled}, breached {breached}, caps moved {capsMoved}, capped {capped}");
        new[] { moved, breached, capsMoved, capped }.ShouldAllBe(count => count > 10);
    }

    private static Scenario Play(Random random, ref int moved)
    {
        var target = Targets[random.Next(Targets.Length)];
        var task = new Scenario(TaskDefinition(response: $"{Item("verify", "CommunityGrid")}|'sla': {{ 'target': '{target}', 'calendar': 'cn-gov', 'pauseReasons': [{{ 'id': 'testing', 'cap': '{Cap}' }}] }}"))
        {
            World = An.World with { Pauses = PauseCatalog.Empty },
            Now = At("2026-11-02T08:00+08:00").AddMinutes(random.Next(60 * 24 * 40)),
        }.Start();
        task.Do(task.Claim("verify", Li));
        var calendar = China;
        for (var step = 0; step < 12; step++)
        {
            var before = task.State.Clocks[0];
            task.Now = task.Now.AddMinutes(random.Next(60 * 24 * 3));
            switch (random.Next(3))
            {
                case 0 when task.Item("verify").State is WorkItemState.Suspended:
                    task.Do(task.Resume("verify", Li));
                    // A clock of days that was stopped on its last day is due at the end of that day: overdue as soon as it goes on.
                    if (task.NextTimer is { } overdue && overdue.At < task.Now) task.Do(task.Timer(overdue.Key));
                    break;
                case 0:
                    task.Do(task.Suspend("verify", Li, "testing"));
                    break;
                case 1 when task.NextTimer is { } timer && timer.At <= task.Now:
                    task.Do(task.Timer(timer.Key));
                    break;
                default:
                    calendar = Random(random);
                    ClockChangeTests.On(task, calendar);
                    task.Do(new Stimulus.ClocksChanged { At = task.Now, By = Operator });
                    if (task.State.Clocks[0].Due != before.Due) moved++;
                    break;
            }
            Check(before, task.State.Clocks[0], calendar, task.Now);
            CheckCap(task.Item("verify"), task.State.Clocks[0], calendar);
        }
        return task;
    }

    private static void Check(SlaClock before, SlaClock clock, BusinessCalendar calendar, DateTimeOffset now)
    {
        clock.CalendarVersion.ShouldBe(calendar.Version);
        var scratch = DueTime.Compute(clock.Target, calendar, clock.Unstopped.Spans);
        (clock.Due, clock.IsProvisional).ShouldBe((scratch.At, scratch.IsProvisional), "of a clock that stands still: as before the pause");
        var until = clock.State == ClockState.Running ? now : clock.Spans[^1].To!.Value;
        clock.BreachedAt.ShouldBe(scratch.At < until || clock.BreachedAt is not null ? scratch.At : null);
        var hasMove = clock.Changes.Length > before.Changes.Length;
        var explained = hasMove || clock.Spans.Length > before.Spans.Length;
        if (clock.Due != before.Due) explained.ShouldBeTrue($"due moved from {before.Due} to {clock.Due} without an entry");
        if (hasMove && clock.State == ClockState.Running) clock.Changes[^1].After.ShouldBe(clock.Due);
        if (clock.State != ClockState.Running) return;
        var counted = clock.Ledger.Where(entry => entry.Counted).Sum(entry => entry.Days is { } days ? days * TimeSpan.TicksPerDay : (entry.To - entry.From).Ticks);
        counted.ShouldBe(DueTime.Whole(clock.Target, calendar, clock.Spans).Ticks);
        clock.Ledger.Zip(clock.Ledger.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
        clock.Ledger[^1].To.ShouldBe(clock.Due!.Value);
    }

    /// <summary>A cap that has not been reached is where the calendar in force puts it; one that was reached stays where it let the clock go on.</summary>
    private static void CheckCap(WorkItem item, SlaClock clock, BusinessCalendar calendar)
    {
        if (item.History?.Pauses is not [.., { EndedAt: null } pause]) return;
        if (clock.IsPaused)
        {
            (SlaTarget.TryParse(Cap, out var cap, out _) ? DueTime.Compute(cap, calendar, [new(pause.At, null, null)]).At : null).ShouldBe(clock.ResumesAt);
            clock.ResumesAt.ShouldBe(pause.CapsAt);
        }
        else clock.Spans[^1].From.ShouldBe(pause.CapsAt!.Value);
    }

    private static BusinessCalendar Random(Random random)
    {
        var days = Enumerable.Range(0, random.Next(1, 15)).Select(_ => new DateOnly(2026, 11, 1).AddDays(random.Next(120))).Distinct()
            .Select(date => ($"{date:yyyy-MM-dd}", random.Next(2) == 0 ? "holiday" : "makeupWorkday")).ToList();
        var calendar = ClockChangeTests.Edited("2026", days.Where(day => day.Item1.StartsWith("2026", StringComparison.Ordinal)));
        return random.Next(2) == 0 ? calendar : ClockChangeTests.Edited("2027", days.Where(day => day.Item1.StartsWith("2027", StringComparison.Ordinal)));
    }
}
