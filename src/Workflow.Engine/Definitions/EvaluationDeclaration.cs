using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>The <c>evaluation</c> member of a task definition: what its post-evaluation has to record, and which part of the tasks inspection looks at.</summary>
/// <param name="Required">Figures without which a task does not close.</param>
/// <param name="Categories">The source categories 来源类别 that there are; empty when any text will do.</param>
/// <param name="Sample">The part of the tasks that are drawn, such as <c>20%</c>; null when none are.</param>
/// <param name="Salt">Published with the rate: what makes the draw another one than that of other definitions and times.</param>
public sealed partial record EvaluationDeclaration(ImmutableArray<EvaluationFigure> Required, ImmutableArray<string> Categories, string? Sample, string Salt)
{
    private const int TextLength = 100;
    private static readonly string[] Members = ["required", "categories", "sample", "salt", "basis"];

    /// <summary>The rate as a number from 0 to 1.</summary>
    public decimal Rate => RateOf(Sample) ?? 0;

    /// <summary>The declaration of a definition that has been checked; null when it has none.</summary>
    public static EvaluationDeclaration? Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Root.Derive(static root => new Declared(Read(root, null))).Evaluation;
    }

    /// <summary>Reports everything wrong with a root's declaration, and with the forms that give its figures.</summary>
    public static void Check(Node root, DefinitionCheck check)
    {
        var declared = Read(root, check);
        foreach (var (name, form) in check.Definition.Forms)
            foreach (var (field, figure) in form.Figures)
                if (figure == EvaluationFigure.SourceCategory && declared is { Categories.IsEmpty: false } && !(form.Choices(field) is { Count: > 0 } choices && choices.All(declared.Categories.Contains)))
                    check.Error($"/customProperties/forms/{JsonMembers.Escape(name)}/properties/{JsonMembers.Escape(field)}/enum", $"some of evaluation.categories: {string.Join(", ", declared.Categories)}", form.Choices(field) is { } found ? string.Join(", ", found) : "nothing");
    }

    private static EvaluationDeclaration? Read(Node root, DefinitionCheck? check)
    {
        if (root.Plain("evaluation") is not { } json) return null;
        var at = $"{root.Pointer}/evaluation";
        if (json.ValueKind != JsonValueKind.Object)
        {
            check?.Error(at, "an object, which may be empty", json.Describe());
            return null;
        }
        foreach (var member in json.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            check?.Error($"{at}/{JsonMembers.Escape(member.Name)}", $"one of {string.Join(", ", Members)}", member.Name);
        var required = ImmutableArray.CreateBuilder<EvaluationFigure>();
        foreach (var (index, name) in json.Items("required", at, check?.Problems).Index())
            if (Values.ToEnum<EvaluationFigure>(Values.ToText(name)) is { } figure && !required.Contains(figure)) required.Add(figure);
            else check?.Error($"{at}/required/{index}", $"one of {EvaluationFigures.Names}, each once", name.Describe());
        var categories = ImmutableArray.CreateBuilder<string>();
        foreach (var (index, name) in json.Items("categories", at, check?.Problems).Index())
            if (name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 and <= TextLength } text && !categories.Contains(text)) categories.Add(text);
            else check?.Error($"{at}/categories/{index}", $"a name of 1 to {TextLength} characters, each once", name.Describe());
        var (sample, salt) = (json.Text("sample"), json.Text("salt"));
        if (json.Member("sample") is { } rate && RateOf(sample) is null) check?.Error($"{at}/sample", "a part such as \"20%\": 0% to 100%, four decimals at most", rate.Describe());
        if (json.Member("salt") is { } given && salt is not { Length: > 0 and <= TextLength }) check?.Error($"{at}/salt", $"a text of 1 to {TextLength} characters", given.Describe());
        if (sample is not null && salt is null) check?.Error($"{at}/salt", "the published salt of the draw beside its rate", "nothing");
        return new(required.ToImmutable(), categories.ToImmutable(), sample, salt ?? "");
    }

    private static decimal? RateOf(string? text) =>
        text is not null && Percentage().Match(text) is { Success: true } match && decimal.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is <= 100 and var percent ? percent / 100 : null;

    [GeneratedRegex(@"^([0-9]{1,3}(?:\.[0-9]{1,4})?)%\z")]
    private static partial Regex Percentage();

    private sealed record Declared(EvaluationDeclaration? Evaluation);
}
