using System.Collections.Frozen;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>An open clock that a change would alter: when it is due, whether that is provisional, whether it is breached.</summary>
public sealed record AlteredClock(
    InstanceId Instance, string TaskNumber, int Clock, ClockScope Scope, string? Stage, int? WorkItem, string Target, string TargetBefore,
    DateTimeOffset? DueBefore, DateTimeOffset? Due, bool WasProvisional, bool IsProvisional, bool WasBreached, bool IsBreached)
{
    /// <summary>It stands still short of its due time, which is the one before the pause.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>A policy does not reach its target: more time was given, the task came with a deadline, or the version declares none there.</summary>
    public bool KeepsTarget { get; init; }
}

/// <summary>What a change would do to the open clocks.</summary>
/// <param name="Clocks">That the change concerns.</param>
/// <param name="Altered">That it would alter in anything.</param>
/// <param name="Moved">Whose due time it would move: earlier or later.</param>
/// <param name="Waiting">That stand still: their due times are those before the pause, which adds to them when they go on.</param>
/// <param name="KeepingTarget">Whose target a policy leaves as it is: more time was given, the task came with a deadline, or the version declares none there.</param>
public sealed record PreviewCounts(
    int Clocks, int Altered, int Moved, int Earlier, int Later, int BreachesAppearing, int BreachesGoing, int NoLongerProvisional, int NewlyProvisional, int Waiting, int KeepingTarget)
{
    public static readonly PreviewCounts None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static PreviewCounts operator +(PreviewCounts one, PreviewCounts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(
            one.Clocks + other.Clocks, one.Altered + other.Altered, one.Moved + other.Moved, one.Earlier + other.Earlier, one.Later + other.Later,
            one.BreachesAppearing + other.BreachesAppearing, one.BreachesGoing + other.BreachesGoing,
            one.NoLongerProvisional + other.NoLongerProvisional, one.NewlyProvisional + other.NewlyProvisional,
            one.Waiting + other.Waiting, one.KeepingTarget + other.KeepingTarget);
    }

    public static PreviewCounts Add(PreviewCounts left, PreviewCounts right) => left + right;
}

/// <param name="Rows">A page of the altered clocks, by task number and clock.</param>
/// <param name="HasMore">There are more after them.</param>
public sealed record Preview(PreviewCounts Counts, IReadOnlyList<AlteredClock> Rows, bool HasMore);

/// <summary>A page of a preview: at most so many rows after this place.</summary>
/// <param name="Without">Tasks that are counted and not shown.</param>
public sealed record PreviewPage(int Limit, (string TaskNumber, int Clock)? After = null, IReadOnlySet<InstanceId>? Without = null);

/// <summary>
/// Counts all open clocks as they would be under a change, from their rows alone: no task is read. The rows come as a stream and are counted in lots, several
/// at a time, so that memory does not grow with their number. Nothing is changed.
/// </summary>
public sealed class ClockPreview(Database database, CalendarLibrary calendars, DefinitionLibrary definitions, TimeProvider time, IOptions<ClockChangeOptions> options)
{
    public async Task<Preview> RunAsync(ClockChangeRow change, PreviewPage page, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(page);
        await using var db = database.CreateDbContext();
        var (inForce, changes) = await calendars.LoadAsync(db, await OrganisationStore.RevisionAsync(db, cancel), cancel);
        var terms = change.Kind == ClockChangeKind.Calendar ? OnCalendar(CalendarLibrary.Read(change), inForce) : await OnPolicyAsync(db, change, inForce, changes, cancel);
        var now = time.GetUtcNow();
        var rows = change.Kind == ClockChangeKind.Calendar
            ? from clock in ClockChanges.Concerned(db, change)
              join task in db.Tasks on clock.InstanceId equals task.InstanceId
              select new OpenClock(clock, task.Number, task.Priority, 0)
            : from clock in ClockChanges.Concerned(db, change)
              join task in db.Tasks on clock.InstanceId equals task.InstanceId
              join instance in db.Instances on clock.InstanceId equals instance.Id
              select new OpenClock(clock, task.Number, task.Priority, instance.DefinitionVersion);
        var gate = new Lock();
        var (counts, found) = (PreviewCounts.None, new FirstRows(page));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.PreviewParallelism, CancellationToken = cancel };
        await Parallel.ForEachAsync(rows.AsAsyncEnumerable().Chunk(options.Value.PreviewRows), parallel, (lot, _) =>
        {
            var all = lot.Select(row => Count(row, terms, now)).ToList();
            var altered = all.FindAll(IsAltered);
            var sum = all.Aggregate(PreviewCounts.None with { Clocks = lot.Length }, (sum, one) => sum + CountOf(one));
            lock (gate)
            {
                counts += sum;
                found.Add(altered);
            }
            return ValueTask.CompletedTask;
        });
        return new(counts, found.Rows, found.HasMore);
    }

    private static Terms OnCalendar(BusinessCalendar calendar, FrozenDictionary<string, BusinessCalendar> inForce)
    {
        var after = new Dictionary<string, BusinessCalendar>(inForce) { [calendar.Id] = calendar }.ToFrozenDictionary();
        return new(after, (_, clock) => (clock, false));
    }

    private async Task<Terms> OnPolicyAsync(WorkflowDb db, ClockChangeRow change, FrozenDictionary<string, BusinessCalendar> inForce, ChangesInForce changes, CancellationToken cancel)
    {
        async Task<WorkflowDefinition> FindAsync(int version) => await definitions.FindAsync(new(change.Subject, version), cancel)
            ?? throw new InvalidOperationException($"{change.Subject} v{version} is not there any more");
        var target = await FindAsync(int.Parse(change.Version, CultureInfo.InvariantCulture));
        var earlier = changes.Policies.TryGetValue(change.Subject, out var before) ? before.Earlier.Add(before.Definition) : [];
        var policy = new PolicyInForce(target, CalendarLibrary.ChangeOf(change), earlier);
        var versions = new Dictionary<int, WorkflowDefinition>();
        foreach (var version in await db.Instances.Where(row => row.DefinitionId == change.Subject && row.DefinitionVersion < target.Id.Version).Select(row => row.DefinitionVersion).Distinct().ToListAsync(cancel))
            versions[version] = await FindAsync(version);
        return new(inForce, (row, clock) =>
        {
            var (terms, before) = (ClockTerms.Of(clock), policy.Before(row.Clock.PolicyVersion) ?? versions[row.DefinitionVersion]);
            return (policy.Apply(terms, clock.Node, row.Priority, before).On(clock), !policy.SetsTarget(terms, clock.Node, row.Priority, before));
        });
    }

    private static AlteredClock Count(OpenClock row, Terms terms, DateTimeOffset now)
    {
        var before = row.Clock.ToClock();
        var (after, keepsTarget) = terms.Under(row, before);
        var calendar = after.CalendarIn(terms.Calendars) ?? throw new InvalidOperationException($"calendar '{after.Policy.Calendar}' of task {row.TaskNumber} is not there");
        var counted = DueTime.Compute(after.Target, calendar, after.Unstopped.Spans);
        var isBreached = before.State == ClockState.Running ? counted.At <= now : counted.At < before.Spans[^1].To;
        return new(
            row.Clock.InstanceId, row.TaskNumber, before.Id, before.Scope, before.Stage, before.WorkItem, after.Policy.Target, before.Policy.Target,
            before.Due, counted.At, before.IsProvisional, counted.IsProvisional, before.BreachedAt is not null, isBreached)
        {
            IsWaiting = before.State == ClockState.Stopped && !isBreached,
            KeepsTarget = keepsTarget,
        };
    }

    private static bool IsAltered(AlteredClock clock) =>
        clock.Due != clock.DueBefore || clock.IsProvisional != clock.WasProvisional || clock.IsBreached != clock.WasBreached || clock.Target != clock.TargetBefore;

    private static PreviewCounts CountOf(AlteredClock clock) => new(
        0, One(IsAltered(clock)), One(clock.Due != clock.DueBefore), One(clock.Due < clock.DueBefore), One(clock.Due > clock.DueBefore), One(clock.IsBreached && !clock.WasBreached),
        One(clock.WasBreached && !clock.IsBreached), One(clock.WasProvisional && !clock.IsProvisional), One(clock.IsProvisional && !clock.WasProvisional),
        One(clock.IsWaiting), One(clock.KeepsTarget));

    private static int One(bool isSo) => isSo ? 1 : 0;

    private sealed record OpenClock(ClockRow Clock, string TaskNumber, Priority Priority, int DefinitionVersion);

    /// <param name="Under">The clock as it would count, and whether it keeps its target against a policy.</param>
    private sealed record Terms(FrozenDictionary<string, BusinessCalendar> Calendars, Func<OpenClock, SlaClock, (SlaClock Clock, bool KeepsTarget)> Under);

    /// <summary>Keeps the rows of a page out of many that come in any order.</summary>
    private sealed class FirstRows(PreviewPage page)
    {
        private static readonly Comparer<AlteredClock> Order = Comparer<AlteredClock>.Create((one, other) => Compare((one.TaskNumber, one.Clock), (other.TaskNumber, other.Clock)));
        private readonly SortedSet<AlteredClock> rows = new(Order);

        public IReadOnlyList<AlteredClock> Rows => [.. rows.Take(page.Limit)];

        public bool HasMore => rows.Count > page.Limit;

        public void Add(List<AlteredClock> found)
        {
            foreach (var row in found)
            {
                if (page.Without?.Contains(row.Instance) == true) continue;
                if (page.After is { } after && Compare((row.TaskNumber, row.Clock), after) <= 0) continue;
                if (rows.Count > page.Limit && Order.Compare(row, rows.Max) >= 0) continue;
                rows.Add(row);
                if (rows.Count > page.Limit + 1) rows.Remove(rows.Max!);
            }
        }

        private static int Compare((string Number, int Clock) one, (string Number, int Clock) other) =>
            string.CompareOrdinal(one.Number, other.Number) is var byNumber && byNumber != 0 ? byNumber : one.Clock.CompareTo(other.Clock);
    }
}
