using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Operations;

/// <summary>The numbers move by real commands on a real database.</summary>
[Collection(Stores.Collection)]
public class MeterTests(Stores stores)
{
    private const string Waiting = """{ "definitionId": "wait", "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""";

    [Fact]
    public async Task Commands_bursts_batches_and_latencies_are_counted()
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), Waiting);
        using var seen = new Seen(engine.Meter);

        var ids = new List<InstanceId>();
        for (var count = 0; count < 5; count++) ids.Add(await engine.BeginAsync("wait"));
        await engine.ApplyAsync(ids[0], new Stimulus.EventReceived("go", null) { At = engine.Time.Now });
        var refused = await engine.SubmitAsync(ids[0], new Stimulus.EventReceived("go", null) { At = engine.Time.Now });
        seen.Read();

        refused.Refusal.ShouldNotBeNull();
        (seen.Sum("workflow.commands"), seen.Sum("workflow.bursts"), seen.Sum("workflow.transactions")).ShouldBe((7, 6, 7));
        seen.Of("workflow.batch.size").ShouldBe(Enumerable.Repeat(1.0, 7));
        seen.Of("workflow.commit.duration").Count.ShouldBe(7);
        seen.Of("workflow.commit.duration").ShouldAllBe(seconds => seconds > 0);
        seen.Of("workflow.queue.length").ShouldBe([0.0]);
        var status = engine.Statistics.Read(3);
        (status.Commands, status.Bursts, status.Transactions, status.BatchSizes).ShouldBe((7, 6, 7, status.BatchSizes));
        status.BatchSizes.ShouldBe([1, 1, 1]);
        status.LatencyP99!.Value.ShouldBeGreaterThanOrEqualTo(status.LatencyP50!.Value);
    }

    [Fact]
    public async Task What_waits_is_shown_as_it_was_read_last()
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(nameof(DatabaseProvider.Sqlite)), Waiting);
        using var seen = new Seen(engine.Meter);
        seen.Read();
        seen.Of("workflow.timers.lag").ShouldBeEmpty("nothing was read yet");

        engine.EngineMeter.Show(new(3, TimeSpan.FromSeconds(90), 4, TimeSpan.FromSeconds(7), 2, 1));
        seen.Read();

        string[] names = ["workflow.timers.overdue", "workflow.timers.lag", "workflow.outbox.pending", "workflow.outbox.age", "workflow.outbox.dead", "workflow.incidents.open"];
        names.Select(name => seen.Of(name).Single()).ShouldBe([3, 90, 4, 7, 2, 1]);
    }

    [Fact]
    public void Percentiles_are_of_the_last_transactions_only()
    {
        using var meter = new EngineMeter();
        var statistics = new CommitStatistics(meter, Options.Create(new CommitQueueOptions { RecentTransactions = 100 }));
        statistics.Read(5).LatencyP50.ShouldBeNull();
        statistics.Committed(900, 0, 900, TimeSpan.FromSeconds(30));
        foreach (var number in Enumerable.Range(1, 100)) statistics.Committed(number, 0, number, TimeSpan.FromMilliseconds(number));

        var reading = statistics.Read(3);

        (reading.LatencyP50, reading.LatencyP99).ShouldBe((TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(99)));
        reading.BatchSizes.ShouldBe([100, 99, 98]);
        (reading.Commands, reading.Transactions).ShouldBe((900 + 5050, 101));
    }

    [Fact]
    public void Every_instrument_stands_in_the_table_of_the_documentation_with_its_unit()
    {
        using var engine = new EngineMeter();
        var names = new ConcurrentDictionary<string, string?>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => { if (instrument.Meter == engine.Meter) names[instrument.Name] = instrument.Unit; } };
        listener.Start();
        _ = new CommitStatistics(engine, Options.Create(new CommitQueueOptions()));
        var document = File.ReadAllText(Path.Combine(Reliability.Processes.ServerProcess.RepositoryRoot, "docs", "operations.md"));

        names.Count.ShouldBeGreaterThan(10);
        foreach (var (name, unit) in names) document.ShouldContain($"| `{name}` | {unit!.Trim('{', '}')} |");
    }

    /// <summary>Keeps what the instruments of one meter report.</summary>
    private sealed class Seen : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, double Value)> values = [];
        private readonly MeterListener listener = new();

        public Seen(Meter meter)
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter) self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values.Enqueue((instrument.Name, value)));
            listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values.Enqueue((instrument.Name, value)));
            listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values.Enqueue((instrument.Name, value)));
            listener.Start();
        }

        public void Read() => listener.RecordObservableInstruments();

        public IReadOnlyList<double> Of(string name) => [.. values.Where(value => value.Name == name).Select(value => value.Value)];

        public double Sum(string name) => Of(name).Sum();

        public void Dispose() => listener.Dispose();
    }
}
