using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Workflow.Server.Features.Reports;

/// <param name="Rows">Texts, numbers and nothing.</param>
internal sealed record WorkbookSheet(string Name, IReadOnlyList<string> Header, IReadOnlyList<object?[]> Rows);

/// <summary>Tables as an XLSX file. Texts are never formulas.</summary>
internal static class Workbook
{
    public static byte[] Write(params IReadOnlyList<WorkbookSheet> sheets)
    {
        using var bytes = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var list = new Sheets();
            foreach (var (index, sheet) in sheets.Index())
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                part.Worksheet = new(new SheetData([RowOf(sheet.Header), .. sheet.Rows.Select(RowOf)]));
                list.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)index + 1, Name = sheet.Name });
            }
            workbook.Workbook = new(list);
        }
        return bytes.ToArray();
    }

    private static Row RowOf(IEnumerable<object?> fields) => new(fields.Select(CellOf));

    private static Cell CellOf(object? value) => value switch
    {
        double number => new() { CellValue = new(number.ToString("R", CultureInfo.InvariantCulture)), DataType = CellValues.Number },
        string text => new() { InlineString = new(new Text(Storable(text)) { Space = SpaceProcessingModeValues.Preserve }), DataType = CellValues.InlineString },
        _ => new(),
    };

    /// <summary>XML has no control characters.</summary>
    private static string Storable(string text) => string.Concat(text.Where(letter => !char.IsControl(letter) || letter is '\t' or '\n'));
}
