using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Reliability;

/// <summary>Holds a database against what clients were told. Every broken promise is one line.</summary>
public static class PromiseChecker
{
    public static async Task<IReadOnlyList<string>> CheckAsync(Database database, IReadOnlyCollection<Acknowledged> acknowledged)
    {
        await using var db = database.CreateDbContext();
        var instances = await db.Instances.AsNoTracking().ToListAsync();
        var journal = (await db.Journal.AsNoTracking().OrderBy(row => row.Revision).ToListAsync()).ToLookup(row => row.InstanceId);
        var tasks = await db.Tasks.AsNoTracking().ToListAsync();
        return
        [
            .. instances.SelectMany(instance => CheckInstance(instance, [.. journal[instance.Id]])),
            .. CheckRaised(tasks, [.. acknowledged.OfType<Acknowledged.Raised>()]),
            .. acknowledged.SelectMany(command => CheckCommand(command, id => InstanceId.TryParse(id, out var instance) ? FactsOf(journal[instance]) : [])),
            .. await CheckTimersAsync(db, instances),
        ];
    }

    /// <summary>Nothing half-applied: the journal is whole, the state is its fold, every rung and breach stands in it once.</summary>
    private static IEnumerable<string> CheckInstance(InstanceRow instance, List<JournalRow> journal)
    {
        if (JournalHash.FirstBreak(journal, instance.JournalHash) is { } revision) yield return $"{instance.Id}: the journal breaks at revision {revision}";
        if (journal.Count != instance.Revision) yield return $"{instance.Id}: revision {instance.Revision}, but {journal.Count} journal rows";

        var state = StoredJson.Read<WorkflowInstance>(instance.State);
        var folded = InstanceDraft.Fold(state.Id, state.Definition, journal.Select(row => (row.At, (IEnumerable<Fact>)StoredJson.Read<List<Fact>>(row.Facts))));
        if (InstanceJson.Write(folded) != InstanceJson.Write(state)) yield return $"{instance.Id}: the stored state is not the fold of its facts";

        foreach (var twice in FactsOf(journal).Where(fact => fact is Fact.RungFired or Fact.ClockBreached or Fact.ItemCompleted)
            .GroupBy(fact => fact switch
            {
                Fact.RungFired fired => $"rung {fired.Rung} of clock {fired.Clock}",
                Fact.ClockBreached breached => $"breach of clock {breached.Clock}",
                Fact.ItemCompleted done => $"completion of item {done.Item}",
                _ => "",
            }).Where(group => group.Count() > 1))
            yield return $"{instance.Id}: {twice.Key} happened {twice.Count()} times";
    }

    private static IEnumerable<string> CheckRaised(List<TaskRow> tasks, IReadOnlyList<Acknowledged.Raised> raised)
    {
        foreach (var command in raised)
            if (!tasks.Exists(task => task.InstanceId.ToString() == command.Id && task.Number == command.Number)) yield return $"{command.Number} was acknowledged and is gone";
        foreach (var twice in tasks.GroupBy(task => task.Subject).Where(group => group.Count() > 1)) yield return $"'{twice.Key}' was raised {twice.Count()} times";
    }

    private static IEnumerable<string> CheckCommand(Acknowledged command, Func<string, List<Fact>> factsOf)
    {
        switch (command)
        {
            case Acknowledged.Claimed claimed when !factsOf(claimed.TaskId).OfType<Fact.ItemClaimed>().Any(fact => fact.Item == claimed.Item && fact.By.UserId == claimed.UserId):
                yield return $"{claimed} was acknowledged and is gone";
                break;
            case Acknowledged.Completed completed when !factsOf(completed.TaskId).OfType<Fact.ItemCompleted>().Any(fact => fact.Item == completed.Item && fact.Outcome == completed.Outcome):
                yield return $"{completed} was acknowledged and is gone";
                break;
        }
    }

    /// <summary>Every instance can go on: the timer rows are exactly those that the states need.</summary>
    private static async Task<IEnumerable<string>> CheckTimersAsync(WorkflowDb db, List<InstanceRow> instances)
    {
        var stored = await db.Timers.AsNoTracking().ToListAsync();
        var needed = instances.SelectMany(row => Projection.Rows(StoredJson.Read<WorkflowInstance>(row.State), "")).OfType<TimerRow>().ToList();
        return [.. needed.Except(stored).Select(timer => $"{timer} is missing"), .. stored.Except(needed).Select(timer => $"{timer} belongs to nothing")];
    }

    private static List<Fact> FactsOf(IEnumerable<JournalRow> journal) => [.. journal.SelectMany(row => StoredJson.Read<List<Fact>>(row.Facts))];
}
