using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Server.Features.Organisation;

/// <summary>A row of an import.</summary>
/// <param name="Field">The text of a column; null where it is empty or missing.</param>
/// <param name="Pointer">Where it stands; with the name of a column where that does.</param>
internal sealed record OrganisationLine(Func<string, string?> Field, string Pointer)
{
    public string At(string column) => $"{Pointer}/{column}";
}

/// <summary>Reads the rows of an import out of JSON or CSV; what they say is checked by <see cref="OrganisationCheck"/>.</summary>
internal static class OrganisationReader
{
    public static Dictionary<OrganisationPart, List<OrganisationLine>> ReadCsv(string text, OrganisationPart part, int most, RowProblems problems) =>
        new() { [part] = [.. CsvTable.Read(text, part.Needed, part.Columns, most, problems).Select(row => new OrganisationLine(row.Field, $"/rows/{row.Number}"))] };

    public static Dictionary<OrganisationPart, List<OrganisationLine>> ReadJson(string text, int most, RowProblems problems)
    {
        var parts = new Dictionary<OrganisationPart, List<OrganisationLine>>();
        try
        {
            using var document = JsonDocument.Parse(text, new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) problems.Add("", $"an object with lists: {OrganisationPart.Names}", document.RootElement.Describe());
            else
                foreach (var member in document.RootElement.EnumerateObject()) Read(member, parts, problems);
        }
        catch (JsonException problem)
        {
            problems.Add("", "JSON", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"something else at line {problem.LineNumber + 1}"));
        }
        if (parts.Values.Sum(lines => lines.Count) is var count && count > most) problems.Add("", $"at most {most} rows", $"{count}");
        return parts;
    }

    private static void Read(JsonProperty member, Dictionary<OrganisationPart, List<OrganisationLine>> parts, RowProblems problems)
    {
        // What a person writes about the file.
        if (member.Name is "$schema" or "description" or "source" or "toBeConfirmed") return;
        if (OrganisationPart.Find(member.Name) is not { } part) problems.Add($"/{JsonMembers.Escape(member.Name)}", $"one of {OrganisationPart.Names}", $"'{member.Name}'");
        else if (member.Value.ValueKind != JsonValueKind.Array) problems.Add($"/{part.Name}", "a list", member.Value.Describe());
        else parts[part] = [.. member.Value.EnumerateArray().Select((row, index) => Read(row, part, $"/{part.Name}/{index}", problems)).OfType<OrganisationLine>()];
    }

    private static OrganisationLine? Read(JsonElement row, OrganisationPart part, string pointer, RowProblems problems)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            problems.Add(pointer, "an object", row.Describe());
            return null;
        }
        var before = problems.Total;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in row.EnumerateObject())
            if (!part.Columns.Contains(field.Name)) problems.Add($"{pointer}/{JsonMembers.Escape(field.Name)}", $"one of {string.Join(", ", part.Columns)}", $"'{field.Name}'");
            else if (field.Value.ValueKind == JsonValueKind.String && field.Value.IsWellFormed()) fields[field.Name] = field.Value.GetString()!;
            else if (field.Value.ValueKind != JsonValueKind.Null) problems.Add($"{pointer}/{field.Name}", "a text", field.Value.Describe());
        return problems.Total > before ? null : new(column => fields.GetValueOrDefault(column) is { Length: > 0 } text ? text : null, pointer);
    }
}
