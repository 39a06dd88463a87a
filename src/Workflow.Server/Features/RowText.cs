using Workflow.Engine.Definitions;

namespace Workflow.Server.Features;

/// <summary>What texts of imported rows may be.</summary>
internal static class RowText
{
    /// <summary>A spreadsheet would take a text that begins so for a formula, when an export is opened.</summary>
    private const string Formula = "=+-@";

    /// <summary>Why a text cannot be imported; null when it can.</summary>
    public static ValueProblem? Refuse(string? text, int most, string pointer) =>
        string.IsNullOrWhiteSpace(text) || text.Length > most || text.Any(char.IsControl) || Formula.Contains(text[0], StringComparison.Ordinal)
            ? new(pointer, $"1 to {most} characters on one line that do not begin with one of {Formula}", Quote(text))
            : null;

    /// <summary>A text as a problem shows it: not longer than it helps.</summary>
    public static string Quote(string? text)
    {
        const int Shown = 80;
        return text is null ? "nothing" : text.Length > Shown ? $"'{text[..Shown]}…', {text.Length} characters" : $"'{text}'";
    }
}
