using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Reliability.Clients;

namespace Workflow.Reliability.Checks;

/// <summary>Holds a database, whose servers have ended, against what clients were told and what effects have reached. Every broken promise is one line.</summary>
public static class PromiseChecker
{
    private const string HttpRequest = "http-request";

    /// <param name="arrivals">How often each delivery id has reached the target of the effects.</param>
    /// <param name="isRestored">The database is that of a backup: it does not know what was asked for later.</param>
    public static async Task<IReadOnlyList<string>> CheckAsync(
        Database database, IReadOnlyCollection<Acknowledged> acknowledged, IReadOnlyDictionary<string, int> arrivals, bool isRestored = false)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using var db = database.CreateDbContext();
        var rows = await db.Instances.AsNoTracking().ToListAsync();
        var journal = (await db.Journal.AsNoTracking().OrderBy(row => row.Revision).ToListAsync()).ToLookup(row => row.InstanceId);
        var tasks = await db.Tasks.AsNoTracking().ToListAsync();
        var facts = rows.ToDictionary(row => row.Id, row => FactsOf(journal[row.Id]));
        return
        [
            .. rows.SelectMany(row => CheckInstance(row, [.. journal[row.Id]])),
            .. journal.Where(group => !facts.ContainsKey(group.Key)).Select(group => $"{group.Key}: a journal without an instance"),
            .. CheckStarts(rows, tasks, acknowledged),
            .. acknowledged.SelectMany(command => CheckCommand(command, id => InstanceId.TryParse(id, out var instance) ? facts.GetValueOrDefault(instance, []) : [])),
            .. facts.SelectMany(instance => CheckTold(instance.Key, instance.Value)),
            .. CheckEffects(facts, arrivals, isRestored),
            .. await ProjectionChecker.CheckAsync(db, [.. rows.Select(row => StoredJson.Read<WorkflowInstance>(row.State))], tasks),
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

    /// <summary>Subjects and correlation ids name requests: what a request starts is there once, and in any case when it was acknowledged.</summary>
    private static IEnumerable<string> CheckStarts(List<InstanceRow> instances, List<TaskRow> tasks, IReadOnlyCollection<Acknowledged> acknowledged)
    {
        var numbers = tasks.ToDictionary(task => task.InstanceId.ToString(), task => task.Number);
        var correlations = instances.ToDictionary(row => row.Id.ToString(), row => row.CorrelationId);
        foreach (var raised in acknowledged.OfType<Acknowledged.Raised>())
            if (numbers.GetValueOrDefault(raised.Id) != raised.Number) yield return $"{raised.Number} was acknowledged and is gone";
        foreach (var (id, correlation) in acknowledged.Select(StartOf).OfType<(string, string)>())
            if (correlations.GetValueOrDefault(id) != correlation) yield return $"'{correlation}' was acknowledged and is gone";
        foreach (var twice in tasks.GroupBy(task => task.Subject).Where(group => group.Count() > 1)) yield return $"'{twice.Key}' was raised {twice.Count()} times";
        foreach (var twice in instances.Where(row => row.CorrelationId is not null).GroupBy(row => row.CorrelationId).Where(group => group.Count() > 1))
            yield return $"'{twice.Key}' was started {twice.Count()} times";
        foreach (var twice in tasks.GroupBy(task => task.Number).Where(group => group.Count() > 1)) yield return $"number {twice.Key} was given {twice.Count()} times";
    }

    private static (string, string)? StartOf(Acknowledged command) => command switch
    {
        Acknowledged.Started started => (started.Id, started.CorrelationId),
        Acknowledged.Published published => (published.StartedId, published.CorrelationId),
        _ => null,
    };

    private static IEnumerable<string> CheckCommand(Acknowledged command, Func<string, IReadOnlyList<Fact>> factsOf)
    {
        var isThere = command switch
        {
            Acknowledged.Claimed claimed => factsOf(claimed.TaskId).OfType<Fact.ItemClaimed>().Any(fact => fact.Item == claimed.Item && fact.By.UserId == claimed.UserId),
            Acknowledged.Completed completed => factsOf(completed.TaskId).OfType<Fact.ItemCompleted>().Any(fact => fact.Item == completed.Item && fact.Outcome == completed.Outcome),
            // The last event brings nothing that is kept; it ends the wait for it.
            Acknowledged.Told told => Payloads(factsOf(told.Id)).Contains(told.Payload) || factsOf(told.Id).OfType<Fact.InstanceEnded>().Any(),
            _ => true,
        };
        if (!isThere) yield return $"{command} was acknowledged and is gone";
    }

    /// <summary>Every event has a payload of its own, so none is heard twice.</summary>
    private static IEnumerable<string> CheckTold(InstanceId id, IReadOnlyList<Fact> facts) => Payloads(facts).GroupBy(payload => payload).Where(group => group.Count() > 1)
        .Select(twice => $"{id}: event '{twice.Key}' was applied {twice.Count()} times");

    private static IEnumerable<string> Payloads(IReadOnlyList<Fact> facts) => facts.OfType<Fact.VariableSet>()
        .Where(fact => fact.Name == TestDefinitions.LastPayload && fact.Value.ValueKind == JsonValueKind.String).Select(fact => fact.Value.GetString()!);

    /// <summary>Every request that was asked for has arrived, under its id, and nothing else has.</summary>
    private static IEnumerable<string> CheckEffects(Dictionary<InstanceId, IReadOnlyList<Fact>> facts, IReadOnlyDictionary<string, int> arrivals, bool isRestored)
    {
        var asked = facts.SelectMany(instance => instance.Value.OfType<Fact.EffectRequested>().Where(fact => fact.Effect.Kind == HttpRequest)
            .Select(fact => new EffectId(instance.Key, fact.Effect.Id).ToString())).ToHashSet();
        foreach (var id in asked.Where(id => !arrivals.ContainsKey(id))) yield return $"effect {id} never arrived";
        if (isRestored) yield break;
        foreach (var id in arrivals.Keys.Where(id => !asked.Contains(id))) yield return $"effect {id} arrived and was never asked for";
    }

    private static IReadOnlyList<Fact> FactsOf(IEnumerable<JournalRow> journal) => [.. journal.SelectMany(row => StoredJson.Read<List<Fact>>(row.Facts))];
}
