using System.CommandLine;
using System.Globalization;
using Workflow.Reliability.Faults;

namespace Workflow.Reliability.Runs;

/// <summary>
/// The long runs. Progress on the way, one line of figures at the end. Exit codes: 0 no promise was broken, 1 one was, 2 the command line is not
/// usable or the machine lacks what the fault needs.
/// </summary>
internal static class CommandLine
{
    private const int Kept = 0;
    private const int Broken = 1;
    private const int BadUsage = 2;

    private static readonly Dictionary<string, StoreKind> Stores = new() { ["sqlite"] = StoreKind.Sqlite, ["postgres"] = StoreKind.Postgres, ["three-nodes"] = StoreKind.ThreeNodes };
    private static readonly Option<int> Times = Number("--times", "How many faults.", 10, 1);
    private static readonly Option<int> Clients = Number("--clients", "Clients that work meanwhile.", 16, 1);
    private static readonly Option<int> Seed = Number("--seed", "Repeats a run; without it, another one each time.", 0, 0);

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = new RootCommand("Lets things go wrong under working clients and checks that every promise was kept.")
        {
            Of("kill", "SIGKILL to a server.", () => new KillServer(), "sqlite", "postgres", "three-nodes"),
            Of("kill-postgres", "SIGKILL to PostgreSQL itself.", () => new KillPostgres(), "postgres", "three-nodes"),
            Of("pause", "SIGSTOP to one of three servers for longer than its claims last, then SIGCONT.", () => new PauseServer(), "three-nodes"),
            Of("lose-answers", "Connections break after a command was forwarded.", () => new LoseAnswer(), "sqlite", "postgres", "three-nodes"),
            Of("fill-disk", "The disk of the database is full for a while. Needs the right to mount a tmpfs.", () => new FillDisk(), "sqlite", "postgres"),
            Of("jump-clock", "The clock of the first server jumps. Needs libfaketime.", () => new JumpClock(), "three-nodes", "sqlite", "postgres"),
        }.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("Try: --help");
        return BadUsage;
    }

    private static Command Of(string name, string description, Func<Fault> fault, params string[] stores)
    {
        var store = new Option<string>("--store") { Description = $"Default: {stores[0]}.", DefaultValueFactory = _ => stores[0] };
        store.AcceptOnlyFromAmong(stores);
        var command = new Command(name, description) { store, Times, Clients, Seed };
        command.SetAction(async parsed =>
        {
            var seed = parsed.GetValue(Seed) is var given and > 0 ? given : (int)(TimeProvider.System.GetTimestamp() % int.MaxValue);
            try
            {
                var report = await ReliabilityRun.RunAsync(new(Stores[parsed.GetRequiredValue(store)], fault(), parsed.GetValue(Times), parsed.GetValue(Clients), seed), Say);
                return report.Broken.Count == 0 ? Kept : Broken;
            }
            catch (NotSupportedException problem)
            {
                await Console.Error.WriteLineAsync(problem.Message);
                return BadUsage;
            }
        });
        return command;
    }

    private static void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {line}"));

    private static Option<int> Number(string name, string description, int standard, int least)
    {
        var option = new Option<int>(name) { Description = $"{description} Default: {standard}.", DefaultValueFactory = _ => standard };
        option.CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least) return value;
            result.AddError($"{name}: expected a whole number from {least}, found '{text}'");
            return standard;
        };
        return option;
    }
}
