using System.CommandLine;
using System.Reflection;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary>
/// The executable <c>workflow</c>. Exit codes: 0 done, 1 found something wrong, 2 the command line is not usable.
/// </summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int FoundWrong = 1;
    public const int BadUsage = 2;

    public static string Version { get; } =
        typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Workflow: closed-loop work in a city. Without a command it serves.");
        ServeCommand.AddTo(root);
        root.Add(ValidateCommand.Create());
        root.Add(FormatCommand.Create());
        root.Add(SchemaCommand.Create());
        root.Add(TraceCommand.Create());
        root.Add(DueCommand.Create());
        root.Add(ReplayCommand.Create());
        root.Add(MigrateCommand.Create());
        root.Add(AccountCommand.Create());
        root.Add(BackupCommand.CreateBackup());
        root.Add(BackupCommand.CreateRestore());
        root.Add(VersionCommand());

        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("Try: workflow --help");
        return BadUsage;
    }

    /// <summary>The option that names plug-ins, the same for every command.</summary>
    public static Option<string[]> Plugins() => new("--plugin") { Description = "An assembly with activities and effect handlers; may be given again." };

    /// <summary>Says of the first path that brings no definitions what was expected; false when there is one.</summary>
    public static bool HaveDefinitions(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var found = !File.Exists(path) && !Directory.Exists(path) ? "a file or a folder, found nothing" : DefinitionFiles.DefinitionsIn(path).Any() ? null : "definitions (*.json), found none";
            if (found is null) continue;
            Console.Error.WriteLine($"{path}: expected {found}");
            return false;
        }
        return true;
    }

    private static Command VersionCommand()
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(_ => Console.Out.WriteLine(Version));
        return command;
    }
}
