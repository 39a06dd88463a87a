using System.CommandLine;
using System.Globalization;
using Workflow.Benchmarks.Scenarios;
using Workflow.Benchmarks.Stores;

namespace Workflow.Benchmarks;

/// <summary>
/// What is measured and how to ask for it. Each command prints one JSON line. Exit codes: 0 measured, 1 what ran did not end as it must, or not in time,
/// 2 the command line is not usable. No figure ever fails a run.
/// </summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int FoundWrong = 1;
    public const int BadUsage = 2;

    /// <summary>More would only be refused: the commit queue holds this many commands.</summary>
    private const int MaxConcurrency = 4096;

    private const int MaxInstances = 10_000_000;

    private static readonly Option<string> Store = new("--store")
    {
        Description = $"{string.Join(" or ", BenchmarkStore.Names)}. Default: {BenchmarkStore.Sqlite}.", DefaultValueFactory = _ => BenchmarkStore.Sqlite,
    };

    private static readonly Option<string?> Connection = new("--connection")
    {
        Description = "Connection string of a PostgreSQL server, for a role that may create databases and checkpoint. Each run makes its own databases there and drops them. Default: the run starts a server of its own.",
    };

    private static readonly Option<DirectoryInfo> Folder = new("--folder")
    {
        Description = "Where everything lies that the run stores; it has to be on the disk that is meant. Default: the folder for temporary files.",
        DefaultValueFactory = _ => new(Path.GetTempPath()),
    };

    private static readonly Option<int> Minutes = Count("--minutes", "Minutes after which a run is broken off as failed.", 30, 24 * 60);

    public static async Task<int> RunAsync(string[] args)
    {
        Folder.AcceptExistingOnly();
        Store.AcceptOnlyFromAmong(BenchmarkStore.Names);
        var root = new RootCommand("Measures Workflow. Each command but core prints one JSON line. Exit codes: 0 measured, 1 what ran did not end as it must, 2 bad usage.")
        {
            Core(), Floor(), LoopCommand(), Waiting(), Recover(), Growth(), Http(), Intake(), Lists(), Clocks(), Reports(), Places(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("Try: --help");
        return BadUsage;
    }

    private static Command Core()
    {
        var command = new Command("core", "The pure core, without a store: a BenchmarkDotNet table, about two minutes.");
        command.SetAction(_ => CoreBenchmarks.Run());
        return command;
    }

    private static Command Floor()
    {
        var connections = Count("--connections", "Connections that write at the same time.", 1, FloorBenchmark.MaxConnections);
        return Scenario(
            "floor", "The bare driver: durable single-row transactions.", [connections],
            (store, parsed, cancel) => FloorBenchmark.RunAsync(store, parsed.GetValue(connections), cancel));
    }

    private static Command LoopCommand()
    {
        var (instances, concurrency) = (Instances("Instances to drive to their end.", 2000), Concurrency());
        return Scenario(
            "loop", "A real engine in this process, from the stimulus to the committed answer.", [instances, concurrency],
            (store, parsed, cancel) => LoopBenchmark.RunAsync(store, parsed.GetValue(instances), parsed.GetValue(concurrency), cancel));
    }

    private static Command Waiting()
    {
        var instances = Instances("Instances that wait; up to 10,000 of them become due, one each millisecond.", 100_000);
        return Scenario(
            "waiting", "Memory of waiting instances, and how late timers fire.", [instances],
            (store, parsed, cancel) => WaitingBenchmark.RunAsync(store, parsed.GetValue(instances), cancel));
    }

    private static Command Recover()
    {
        var instances = Instances("Instances that wait when the server is killed.", 100_000);
        return Scenario(
            "recover", "From the start of a killed server until it is ready.", [instances],
            (store, parsed, cancel) => RecoverBenchmark.RunAsync(store, parsed.GetValue(instances), cancel));
    }

    private static Command Growth()
    {
        var (instances, concurrency) = (Instances("Finished instances that are there before.", 1_000_000), Concurrency());
        var driven = Count("--driven", "Instances of each measured round.", 2000, MaxInstances);
        return Scenario(
            "growth", "The loop on an empty database against one that is full.", [instances, driven, concurrency],
            (store, parsed, cancel) => GrowthBenchmark.RunAsync(store, parsed.GetValue(instances), parsed.GetValue(driven), parsed.GetValue(concurrency), cancel));
    }

    private static Command Http()
    {
        var (instances, concurrency) = (Instances("Instances to drive to their end.", 2000), Concurrency());
        return Scenario(
            "http", "The loop through the real server over loopback.", [instances, concurrency],
            (store, parsed, cancel) => HttpBenchmark.RunAsync(store, parsed.GetValue(instances), parsed.GetValue(concurrency), cancel));
    }

    private static Command Intake()
    {
        var (rate, seconds) = (Count("--rate", "Tasks a second.", 200, 10_000), Count("--seconds", "How long they come in at this rate.", 30, 3600));
        var (alarms, sites) = (Count("--alarms", "Alarms of the storm after it.", 5000, 1_000_000), Count("--sites", "Sites that they are of.", 300, 100_000));
        return Scenario(
            "intake", "Tasks at a rate, then a storm of alarms, through the real server.", [rate, seconds, alarms, sites],
            (store, parsed, cancel) => IntakeBenchmark.RunAsync(store, parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(alarms), parsed.GetValue(sites), cancel));
    }

    private static Command Lists()
    {
        var (open, done) = (Count("--open", "Work items that are open.", 100_000, MaxInstances), Count("--done", "Work items that are done.", 1_000_000, MaxInstances));
        var (times, seed) = (Count("--times", "How often each list is asked for.", 100, 100_000), Count("--seed", "Of the rows.", 1, int.MaxValue));
        return Scenario(
            "lists", "Every list of a full city, through the real server: one JSON line each.", [open, done, times, seed],
            (store, parsed, cancel) => ListsBenchmark.RunAsync(store, (parsed.GetValue(open), parsed.GetValue(done)), parsed.GetValue(times), parsed.GetValue(seed), cancel));
    }

    private static Command Clocks()
    {
        var (open, times, seed) = (Count("--open", "Clocks that are open.", 100_000, MaxInstances), Count("--times", "How often they are previewed.", 5, 1000), Count("--seed", "Of the clocks.", 1, int.MaxValue));
        return Scenario(
            "clocks", "What another calendar would do to every open clock.", [open, times, seed],
            (store, parsed, cancel) => ClocksBenchmark.RunAsync(store, parsed.GetValue(open), parsed.GetValue(times), parsed.GetValue(seed), cancel));
    }

    private static Command Reports()
    {
        var (tasks, times) = (Count("--n", "Tasks of the month; as many are there of the month before.", 300_000, MaxInstances), Count("--times", "How often each report is asked for; the best counts.", 3, 1000));
        var seed = Count("--seed", "Of the rows.", 1, int.MaxValue);
        return Scenario(
            "reports", "Every report of a month, in this process: one JSON line each.", [tasks, times, seed],
            (store, parsed, cancel) => ReportsBenchmark.RunAsync(store, (parsed.GetValue(tasks), parsed.GetValue(seed)), parsed.GetValue(times), cancel));
    }

    private static Command Places()
    {
        var lookups = Count("--n", "Positions to look up.", 1_000_000, MaxInstances);
        var seed = Count("--seed", "Of the positions.", 1, int.MaxValue);
        var command = new Command("places", "Positions to areas and owners, in memory, by one thread.") { lookups, seed };
        command.SetAction(async (parsed, _) =>
        {
            try
            {
                PlacesBenchmark.Run(parsed.GetValue(lookups), parsed.GetValue(seed));
                return Done;
            }
            catch (WrongResultException problem)
            {
                await Console.Error.WriteLineAsync(problem.Message);
                return FoundWrong;
            }
        });
        return command;
    }

    /// <summary>A command that measures on a store.</summary>
    private static Command Scenario(string name, string description, IEnumerable<Option> options, Func<BenchmarkStore, ParseResult, CancellationToken, Task> measure)
    {
        var command = new Command(name, description);
        foreach (var option in (IEnumerable<Option>)[Store, Connection, .. options, Folder, Minutes]) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Connection) is not null && result.GetValue(Store) != BenchmarkStore.Postgres) result.AddError($"--connection: expected --store {BenchmarkStore.Postgres} beside it");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var limit = TimeSpan.FromMinutes(parsed.GetValue(Minutes));
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            bounded.CancelAfter(limit);
            try
            {
                await using var store = await BenchmarkStore.OpenAsync(new(parsed.GetRequiredValue(Store), parsed.GetValue(Connection), parsed.GetRequiredValue(Folder).FullName));
                await measure(store, parsed, bounded.Token);
                return Done;
            }
            catch (Exception problem) when (problem is WrongResultException or UnusableStoreException || (problem is OperationCanceledException && bounded.IsCancellationRequested))
            {
                await Console.Error.WriteLineAsync(problem is OperationCanceledException ? $"expected an end within {limit}, found none" : problem.Message);
                return problem is UnusableStoreException ? BadUsage : FoundWrong;
            }
        });
        return command;
    }

    private static Option<int> Instances(string description, int standard) => Count("--n", description, standard, MaxInstances);

    private static Option<int> Concurrency() => Count("--concurrency", "Callers; each drives one instance at a time.", 64, MaxConcurrency);

    private static Option<int> Count(string name, string description, int standard, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} Default: {standard}.", DefaultValueFactory = _ => standard };
        option.CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most) return value;
            result.AddError($"{name}: expected 1 to {most}, found '{text}'");
            return standard;
        };
        return option;
    }
}
