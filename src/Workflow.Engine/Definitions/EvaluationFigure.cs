using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>What a post-evaluation records. A field of a form is one of these when it says so: <c>"figure": "solved"</c>.</summary>
public enum EvaluationFigure
{
    Solved,
    CauseConfirmed,
    SourceCategory,

    /// <summary>What the handling has changed, in words; or measured by <c>Workflow.EffectCheck</c>.</summary>
    Effect,
    EcologicalBenefit,

    /// <summary>Of who reported it: 1 to 5.</summary>
    Satisfaction,
    Lessons,
}

/// <summary>What a field has to be so that a figure can be read from it.</summary>
public static class EvaluationFigures
{
    public const string Keyword = "figure";

    public const int LeastSatisfaction = 1;
    public const int MostSatisfaction = 5;

    public static string Names => string.Join(", ", Enum.GetNames<EvaluationFigure>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>What was expected of a field that gives this figure; null when it fits.</summary>
    public static string? Mismatch(EvaluationFigure figure, JsonElement field)
    {
        var expected = TypeMismatch(figure, field);
        if (expected is not null || field.Member("enum") is not { ValueKind: JsonValueKind.Array } choices) return expected;
        return choices.EnumerateArray().All(choice => Fits(field.Text("type"), choice)) ? null : "an enum of values of the field's type";
    }

    private static bool Fits(string? type, JsonElement value) => type switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= LeastSatisfaction and <= MostSatisfaction,
        _ => value.ValueKind == JsonValueKind.String,
    };

    private static string? TypeMismatch(EvaluationFigure figure, JsonElement field) => figure switch
    {
        EvaluationFigure.Solved or EvaluationFigure.CauseConfirmed => field.Text("type") == "boolean" ? null : "a field of type boolean",
        EvaluationFigure.Satisfaction => field.Text("type") == "integer" && Number(field, "minimum") >= LeastSatisfaction && Number(field, "maximum") <= MostSatisfaction
            ? null
            : $"a field of type integer with minimum {LeastSatisfaction} and maximum {MostSatisfaction}, or a range within",
        _ => field.Text("type") == "string" ? null : "a field of type string",
    };

    private static double? Number(JsonElement field, string keyword) => field.Member(keyword) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
