using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workflow.Activities;
using Workflow.Engine.Definitions;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow format FILE|FOLDER [--check]</c>: rewrites definitions in today's spelling, in place, or only says which would change.</summary>
internal static class FormatCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "A definition (*.json) or a folder of them.", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Changes nothing; says which files would change, with exit code 1." };
        var command = new Command("format", "Rewrites definitions in today's spelling of Elsa.") { paths, check };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(paths), parsed.GetValue(check)));
        return command;
    }

    private static int Run(IReadOnlyList<string> paths, bool check)
    {
        var missing = paths.FirstOrDefault(path => !File.Exists(path) && !Directory.Exists(path));
        if (missing is not null)
        {
            Console.Error.WriteLine($"{missing}: expected a file or a folder, found nothing");
            return CommandLine.BadUsage;
        }
        var (changed, wrong) = (0, 0);
        foreach (var file in paths.SelectMany(DefinitionFiles.DefinitionsIn))
        {
            var problems = new ProblemList();
            var text = DefinitionFiles.ReadText(file, problems);
            var formatted = text is null ? null : Format(text, problems);
            foreach (var problem in problems.All) Console.WriteLine($"{file}: error: {problem}");
            if (formatted is null) wrong++;
            else if (formatted != text)
            {
                changed++;
                Console.WriteLine($"{file}: {(check ? "would change" : "changed")}");
                if (!check) Replace(file, formatted);
            }
        }
        Console.WriteLine($"{changed} {(check ? "would change" : "changed")}, {wrong} with errors");
        return wrong > 0 || (check && changed > 0) ? CommandLine.FoundWrong : CommandLine.Done;
    }

    private static string? Format(string text, ProblemList problems)
    {
        try
        {
            var document = JsonElement.Parse(text, Strict);
            if (document.ValueKind == JsonValueKind.Object && document.IsWellFormed()) return new DefinitionWriter(BuiltInActivities.Catalog()).Write(document).ToJsonString(Indented) + "\n";
            problems.Error("", "a workflow document", document.ValueKind == JsonValueKind.Object ? "half of a surrogate pair" : document.Describe());
        }
        catch (JsonException problem)
        {
            problems.Error("", "a JSON document", problem.Message);
        }
        return null;
    }

    /// <summary>The file has the old content or the new one, whenever the machine stops.</summary>
    private static void Replace(string file, string text)
    {
        var beside = $"{file}.new";
        File.WriteAllText(beside, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(beside, file, overwrite: true);
    }
}
