using System.Text.Json.Serialization;

namespace Workflow.Server.Confidentiality;

/// <summary>Who reported what a task is about, as whoever takes the report down knows them.</summary>
/// <param name="Number">Of a telephone, or whatever else they can be called back by.</param>
/// <param name="Text">What tells who they are and belongs to no other member.</param>
/// <param name="Confidential">保密: the reporter is hidden from those who handle the task.</param>
internal sealed record ReporterBody(string? Name = null, string? Number = null, string? Address = null, string? Text = null, bool Confidential = false)
{
    public Reporter Read() => new(Trimmed(Name), Trimmed(Number), Trimmed(Address), Trimmed(Text));

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>What is sealed.</summary>
internal sealed record Reporter(string? Name, string? Number, string? Address, string? Text)
{
    private const int ShownOfName = 1;
    private const int ShownOfAddress = 3;
    private const int ShownOfNumber = 3;
    private const int LastOfNumber = 4;

    [JsonIgnore]
    public bool IsEmpty => Name is null && Number is null && Address is null && Text is null;

    /// <summary>Enough to see that it is the one who is meant, not enough to find them.</summary>
    public Reporter Mask() => new(Begin(Name, ShownOfName), MaskedNumber, Begin(Address, ShownOfAddress), Text is null ? null : "***");

    private string? MaskedNumber => Number is { Length: > ShownOfNumber + LastOfNumber } ? $"{Number[..ShownOfNumber]}****{Number[^LastOfNumber..]}" : Begin(Number, 0);

    private static string? Begin(string? text, int shown) => text is null ? null : string.Concat(text.EnumerateRunes().Take(text.Length > shown ? shown : 0).Select(letter => letter.ToString())) + "***";
}
