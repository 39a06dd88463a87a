using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Workflow.Activities;
using Workflow.Engine.Definitions;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow format FILE|FOLDER [--short] [--check]</c>: rewrites definitions in today's spelling, in full or short, in place, or only says which would change.</summary>
internal static class FormatCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ActivityCatalog Catalog = BuiltInActivities.Catalog();

    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "A definition (*.json) or a folder of them.", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Changes nothing; says which files would change, with exit code 1." };
        var isShort = new Option<bool>("--short") { Description = "As people write them: literals as bare values, defaults left out. Elsa reads the full spelling only." };
        var command = new Command(
            "format",
            "Rewrites definitions in today's spelling of Elsa. Exit codes: 0 done (with --check: nothing would change), 1 a file has errors (with --check: or would change), 2 bad usage or nothing to format.")
        {
            paths, isShort, check,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(paths), parsed.GetValue(isShort), parsed.GetValue(check)));
        return command;
    }

    private static int Run(IReadOnlyList<string> paths, bool isShort, bool check)
    {
        if (!CommandLine.HaveDefinitions(paths)) return CommandLine.BadUsage;
        var (changed, wrong) = (0, 0);
        foreach (var file in paths.SelectMany(DefinitionFiles.DefinitionsIn))
        {
            var problems = new ProblemList();
            var text = DefinitionFiles.ReadText(file, problems);
            var formatted = text is null ? null : Format(file, text, isShort, problems);
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

    private static string? Format(string file, string text, bool isShort, ProblemList problems)
    {
        if (JsonText.Parse(text, "", problems) is not { } document) return null;
        if (document.ValueKind != JsonValueKind.Object || !document.IsWellFormed())
        {
            problems.Error("", "a workflow document", document.ValueKind == JsonValueKind.Object ? "half of a surrogate pair" : document.Describe());
            return null;
        }
        var written = new DefinitionWriter(Catalog).Write(document);
        if (isShort) written = new DefinitionShortener(Catalog).Shorten(written);
        if (!written.ContainsKey("$schema") && SchemaFor(file) is { } schema) written.Insert(0, "$schema", schema);
        return written.ToJsonString(Indented) + "\n";
    }

    /// <summary>Our schema, where it lies in a folder <c>schema</c> beside the document or above it, as an editor finds it from there.</summary>
    private static string? SchemaFor(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (Path.Combine(at, "schema", "workflow.schema.json") is var schema && File.Exists(schema)) return Path.GetRelativePath(folder, schema).Replace('\\', '/');
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
