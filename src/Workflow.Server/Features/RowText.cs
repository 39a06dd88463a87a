using Workflow.Engine.Definitions;

namespace Workflow.Server.Features;

/// <summary>What texts of imported rows may be, and how texts are exported.</summary>
internal static class RowText
{
    /// <summary>A spreadsheet would take a text that begins so for a formula, when an export is opened; also one behind a control character.</summary>
    private const string Formula = "=+-@";

    /// <summary>Why a text cannot be imported; null when it can.</summary>
    public static ValueProblem? Refuse(string? text, int most, string pointer) =>
        string.IsNullOrWhiteSpace(text) || text.Length > most || text.Any(char.IsControl) || MayBeFormula(text)
            ? new(pointer, $"1 to {most} characters on one line that do not begin with one of {Formula}", Quote(text))
            : null;

    /// <summary>A text that was never refused as a cell of a CSV file: a spreadsheet shows what begins with an apostrophe as text.</summary>
    public static string Cell(string text) => MayBeFormula(text) ? $"'{text}" : text;

    private static bool MayBeFormula(string text) => text.Length > 0 && (Formula.Contains(text[0], StringComparison.Ordinal) || char.IsControl(text[0]));

    /// <summary>A text as a problem shows it: not longer than it helps.</summary>
    public static string Quote(string? text)
    {
        const int Shown = 80;
        return text is null ? "nothing" : text.Length > Shown ? $"'{text[..Shown]}…', {text.Length} characters" : $"'{text}'";
    }
}
