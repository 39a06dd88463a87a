using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow schema</c>: prints the JSON Schema of workflow documents, for editors.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of definitions, with which an editor completes them.");
        var plugins = CommandLine.Plugins();
        command.Add(plugins);
        command.SetAction(parsed => Run(parsed.GetValue(plugins) ?? []));
        return command;
    }

    private static int Run(IReadOnlyList<string> plugins)
    {
        try
        {
            Console.Out.WriteLine(DefinitionSchema.Build(Plugin.Catalog(Plugin.Load(plugins))).ToJsonString(Indented));
            return CommandLine.Done;
        }
        catch (UnusableFileException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return CommandLine.FoundWrong;
        }
    }
}
