using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workflow.Activities;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Commands;

/// <summary><c>workflow schema</c>: prints the JSON Schema of workflow documents, for editors.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of definitions, with which an editor completes them.");
        command.SetAction(_ => Console.Out.WriteLine(DefinitionSchema.Build(BuiltInActivities.Catalog()).ToJsonString(Indented)));
        return command;
    }
}
