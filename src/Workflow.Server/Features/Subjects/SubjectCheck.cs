using System.Globalization;
using System.Text.RegularExpressions;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Features.Places;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Subjects;

/// <summary>A row of an import, and how its columns are named where it came from.</summary>
/// <param name="Pointer">Gives the JSON pointer of a column.</param>
internal sealed record SubjectLine(SubjectRecord Record, Func<string, string> Pointer);

/// <summary>Checks the rows of an import against one another and against the areas.</summary>
internal sealed partial class SubjectCheck(PlaceDirectory places, Limits limits, DateTimeOffset at, RowProblems problems)
{
    private const int CategoryLength = 64;

    private readonly Dictionary<string, string> seen = new(StringComparer.Ordinal);

    /// <returns>What can be stored; of no use where there are problems.</returns>
    public List<SubjectRow> Check(IEnumerable<SubjectLine> lines) => [.. lines.Select(Check).OfType<SubjectRow>()];

    private SubjectRow? Check(SubjectLine line)
    {
        var (record, before) = (line.Record, problems.Total);
        if (!Key().IsMatch(record.Key)) problems.Add(line.Pointer("key"), "1 to 64 letters, digits and . _ : - that begin with a letter or a digit", RowText.Quote(record.Key));
        else if (!seen.TryAdd(record.Key, line.Pointer("key"))) problems.Add(line.Pointer("key"), "each key once", $"'{record.Key}' again, first at {seen[record.Key]}");
        CheckText(record.Name, limits.NameLength, line.Pointer("name"));
        CheckText(record.Category, CategoryLength, line.Pointer("category"));
        var position = record.Position;
        if (position is not null) problems.AddRange(PlaceDesk.Check(position.Longitude, position.Latitude, line.Pointer("position")));
        if (record.AreaCode is { } code && places.ByCode(code) is null) problems.Add(line.Pointer("areaCode"), "the code of an area", RowText.Quote(code));
        if (problems.Total > before) return null;
        if ((record.AreaCode ?? (position is null ? null : places.ByPosition(position)?.Area.Area.Code)) is { } area)
            return new() { Key = record.Key, Name = record.Name, Category = record.Category, Longitude = position?.Longitude, Latitude = position?.Latitude, Datum = position?.Datum, AreaCode = area, ImportedAt = at };
        problems.Add(line.Pointer("areaCode"), "the code of an area, or a position in one", position is null ? "neither" : Describe(position));
        return null;
    }

    private void CheckText(string text, int most, string pointer)
    {
        if (RowText.Refuse(text, most, pointer) is { } bad) problems.Add(bad.Pointer, bad.Expected, bad.Found);
    }

    private static string Describe(Position position) => string.Create(CultureInfo.InvariantCulture, $"{position.Longitude}, {position.Latitude} ({DatumName.Of(position.Datum)}), in no outline");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}\z")]
    private static partial Regex Key();
}
