using System.CommandLine;
using System.Globalization;

namespace Workflow.Benchmarks;

/// <summary>
/// What is measured and how to ask for it. Each command prints one JSON line. Exit codes: 0 measured, 1 what ran did not end as it must,
/// 2 the command line is not usable. No figure ever fails a run.
/// </summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int FoundWrong = 1;
    public const int BadUsage = 2;

    /// <summary>More would only be refused: the commit queue holds this many commands.</summary>
    private const int MaxConcurrency = 4096;

    private static readonly Option<DirectoryInfo> Folder = new("--folder")
    {
        Description = "Where the temporary database lies; it has to be on the disk that is meant. Default: the folder for temporary files.",
        DefaultValueFactory = _ => new(Path.GetTempPath()),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        Folder.AcceptExistingOnly();
        var parsed = new RootCommand("Measures Workflow.") { Core(), Floor(), Loop() }.Parse(args);
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
        var connections = Count("--connections", "Connections that write at the same time.", 1, 256);
        var command = new Command("floor", "The bare driver: durable single-row transactions.") { connections, Folder };
        command.SetAction(parsed => FloorBenchmark.Run(parsed.GetRequiredValue(Folder).FullName, parsed.GetValue(connections)));
        return command;
    }

    private static Command Loop()
    {
        var store = new Option<string>("--store") { Description = "sqlite.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite");
        var instances = Count("--n", "Instances to drive to their end.", 2000, 10_000_000);
        var concurrency = Count("--concurrency", "Callers; each drives one instance at a time.", 64, MaxConcurrency);
        var command = new Command("loop", "A real engine in this process, from the stimulus to the committed answer.")
        {
            store, instances, concurrency, Folder,
        };
        command.SetAction((parsed, cancel) =>
            LoopBenchmark.RunAsync(new(parsed.GetValue(instances), parsed.GetValue(concurrency), parsed.GetRequiredValue(Folder).FullName), cancel));
        return command;
    }

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
