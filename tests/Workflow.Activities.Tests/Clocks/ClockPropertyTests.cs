using FsCheck.Fluent;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Clocks;

/// <summary>
/// Pauses, approvals, caps, extensions, priorities and returns in any order, on clocks of every kind of target. That facts give the state, that ledgers add up and
/// that no due time moves without saying why is checked after every burst (<see cref="Promises"/>); here, that the spans are those of a plain retelling of what
/// happened, and that the due time follows from them and nothing else.
/// </summary>
public class ClockPropertyTests(ITestOutputHelper output)
{
    private const int Runs = 400;
    private const int Steps = 60;

    private static readonly Actor Boss = Qian;
    private static readonly string[] Targets = ["'2wd'", "'5cd'", "'PT30H'", "'12wh'", "{ 'normal': '3wd', 'urgent': 'PT8H' }", "{ 'normal': 'P3D', 'urgent': 'P1D' }"];
    private static readonly string[] Named = ["plain", "checked", "capped", "weather"];

    private static readonly string[] Amounts = ["1wd", "PT5H", "2wh", "1cd"];
    private static readonly string[] Wanted = ["PauseCredited", "PauseCapped", "BreachAnnulled", "ClockRetargeted", "ClockExtended", "refused pauses", "instants compared", "open ledgers"];

    private readonly SortedDictionary<string, int> met = [];

    [Fact]
    public void Whatever_happens_a_clock_ran_when_it_should_have_and_is_due_when_that_says()
    {
        output.Check(Runs, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            var task = Instance(DefinitionOf(random)).Start();
            for (var step = 0; step < Steps && task.State.Status == InstanceStatus.Running; step++)
            {
                task.Until((task.Now + TimeSpan.FromMinutes(random.Next(60 * 14))).ToString("O"));
                if (task.State.Status == InstanceStatus.Running) Play(task, random);
                foreach (var fact in task.Facts) Count(fact.GetType().Name);
            }
            foreach (var clock in task.State.Clocks) Check(task, clock);
        });

        foreach (var (what, count) in met) output.WriteLine($"{what}: {count}");
        Wanted.ShouldAllBe(what => met.ContainsKey(what), "this never happened");
    }

    private void Play(Scenario task, Random random)
    {
        if (task.State.WorkItems.LastOrDefault(item => item.IsOpen) is not { } item) return;
        var node = item.Node;
        var stimulus = random.Next(12) switch
        {
            0 => task.ChangePriority(Boss, random.Next(2) == 0 ? Priority.Urgent : Priority.Normal),
            1 or 2 or 3 when item.UndecidedPause is not null => task.DecidePause(node, Boss, random.Next(4) > 0),
            4 => task.AskExtension(node, Chen, Amounts[random.Next(Amounts.Length)]),
            5 => task.DecideExtension(node, Boss, random.Next(3) > 0),
            6 when random.Next(3) == 0 => node == "two" && item.Status == WorkItemStatus.Claimed && random.Next(2) == 0 ? task.Return(node, Chen, "stage:analysis") : task.Complete(node, Chen),
            _ when item.Status == WorkItemStatus.Offered => task.Claim(node, Chen),
            _ when item.Status == WorkItemStatus.Suspended => task.Resume(node, Chen),
            _ => task.Suspend(node, Chen, Named[random.Next(Named.Length)]),
        };
        if (task.Try(stimulus) is Step.Advanced && stimulus is Stimulus.PauseDecided { IsApproved: false }) Count("refused pauses");
    }

    private void Check(Scenario task, SlaClock clock)
    {
        var calendar = task.World.Calendars[clock.Policy.Calendar];
        if (clock.State == ClockState.Running) DueTime.Compute(clock.Target, calendar, clock.Spans).At.ShouldBe(clock.Due);
        if (!clock.IsOpen) return;
        CheckCertain(clock, calendar);
        var times = task.Bursts.Select(burst => burst.Stimulus.At).Concat(task.State.WorkItems.SelectMany(item => item.History?.Pauses ?? []).Select(pause => pause.CapsAt).OfType<DateTimeOffset>())
            .Where(time => time >= clock.StartedAt && time <= task.Now).Append(task.Now).Distinct().Order().ToList();
        foreach (var (from, to) in times.Zip(times.Skip(1)))
        {
            var middle = from + ((to - from) / 2);
            var ran = clock.Spans.Any(span => span.From <= middle && (span.To is null || middle < span.To));
            ran.ShouldBe(RanBy(task, clock, middle), $"clock {clock.Id} ({clock.Scope}) at {middle:O}");
            Count("instants compared");
        }
    }

    /// <summary>The ledger of a clock that stands still has no gap, says nothing beyond the stop, and adds up to what was counted.</summary>
    private void CheckCertain(SlaClock clock, BusinessCalendar calendar)
    {
        var (entries, stillSince) = clock.LedgerOn(calendar);
        if (stillSince is not { } since) return;
        Count("open ledgers");
        entries.Zip(entries.Skip(1)).ShouldAllBe(pair => pair.First.To == pair.Second.From);
        if (entries is [.., var last]) last.To.ShouldBe(since);
        entries.Where(entry => entry.Counted).Sum(entry => entry.Days is { } days ? days * TimeSpan.TicksPerDay : (entry.To - entry.From).Ticks)
            .ShouldBe(Math.Min(DueTime.Counted(clock.Target, calendar, clock.Spans, since).Ticks, DueTime.Whole(clock.Target, calendar, clock.Spans).Ticks));
    }

    /// <summary>Told from the journal, not from what the items remember.</summary>
    private static bool RanBy(Scenario task, SlaClock clock, DateTimeOffset at)
    {
        var stage = task.State.Task!.Visits.Last(visit => visit.EnteredAt <= at).Stage;
        if (clock.Scope == ClockScope.Stage && clock.Stage != stage.ToString()) return false;
        var waits = new Dictionary<int, (string Reason, DateTimeOffset Since)>();
        var open = new HashSet<int>();
        foreach (var (stimulus, facts) in task.Bursts.Where(burst => burst.Stimulus.At <= at))
            foreach (var fact in facts)
                if (fact is Fact.ItemOffered offered) open.Add(offered.Item.Number);
                else if (fact is Fact.ItemCompleted done) open.Remove(done.Item);
                else if (fact is Fact.ItemMoved { Command: WorkItemCommand.Return } back) open.Remove(back.Item);
                else if (fact is Fact.ItemMoved { Command: WorkItemCommand.Suspend } held) waits[held.Item] = (held.Reason!, stimulus.At);
                else if (fact is Fact.ItemMoved { Command: WorkItemCommand.Resume } resumed) waits.Remove(resumed.Item);
                else if (fact is Fact.PauseDecided { IsApproved: false } refused) waits.Remove(refused.Item);
        var items = task.State.WorkItems.Where(item => open.Contains(item.Number) && (clock.WorkItem is null || clock.WorkItem == item.Number)).ToList();
        return items.Count == 0 || !items.TrueForAll(item => waits.TryGetValue(item.Number, out var wait) && wait.Reason switch
        {
            "plain" => true,
            "checked" => IsApproved(task, item.Number, wait.Since),
            "capped" => clock.Scope != ClockScope.Task && at < wait.Since + TimeSpan.FromHours(20),
            _ => false,
        });
    }

    /// <summary>The first decision about the item after the request.</summary>
    private static bool IsApproved(Scenario task, int item, DateTimeOffset asked) => task.Bursts.Where(burst => burst.Stimulus.At >= asked).SelectMany(burst => burst.Facts)
        .SkipWhile(fact => fact is not Fact.ItemMoved { Command: WorkItemCommand.Suspend } held || held.Item != item).OfType<Fact.PauseDecided>().FirstOrDefault(decided => decided.Item == item)?.IsApproved == true;

    private static WorkflowDefinition DefinitionOf(Random random)
    {
        string Sla(string members) => $"'sla': {{ 'target': {Targets[random.Next(Targets.Length)]}, 'calendar': '{(random.Next(4) == 0 ? "24x7" : "cn-gov")}', "
            + "'pauseReasons': ['plain', { 'id': 'checked', 'approval': 'supervisor' }, { 'id': 'capped', 'cap': 'PT20H', 'taskGoesOn': true }], "
            + $"'rungs': [ {{ 'id': 'half', 'at': '50%', 'do': 'urge' }}, {{ 'id': 'late', 'at': '+0', 'do': 'urge', 'inWorkingTime': true }} ]{members} }}";
        return TaskDefinition(
            analysis: $"{Item("one", "Enforcement")}|{Sla("")}",
            handling: $"{Item("two", "Enforcement", random.Next(2) == 0 ? Sla("") : "")}|{Sla(", 'reentry': 'resume'")}",
            sla: "{ 'target': '30cd' }");
    }

    private void Count(string what) => met[what] = met.GetValueOrDefault(what) + 1;
}
