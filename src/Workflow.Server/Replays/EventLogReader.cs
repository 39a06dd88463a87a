using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using CsvHelper.Configuration;
using Workflow.Server.Hosting;

namespace Workflow.Server.Replays;

/// <summary>
/// Reads an event log: CSV (RFC 4180, UTF-8, with a header), plain or compressed with gzip. A row that cannot be read is told and counted and costs no other
/// one: a quote that nobody closes gives up its own line only.
/// </summary>
internal sealed class EventLogReader(ReplayMap map, ReplayOptions limits, Action<LineProblem> tell, Action<LineProblem> note)
{
    private const string Rfc = "fields as RFC 4180 writes them: quoted whole, quotes inside doubled";

    private int unreadable;

    /// <exception cref="UnusableFileException">Nothing of the file can be read.</exception>
    public static EventLog ReadFile(string path, Func<EventLogReader> reader)
    {
        try
        {
            using var file = File.OpenRead(path);
            var isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            if (isCompressed) CheckWhole(file);
            file.Position = 0;
            using var plain = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
            using var text = new StreamReader(plain);
            return reader().Read(text);
        }
        catch (FormatException problem)
        {
            throw new UnusableFileException($"{path}: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new UnusableFileException($"{path}: expected an event log that can be read, found: {problem.Message}");
        }
    }

    /// <summary>What was cut off would be missing without a word: the stream ends where the file does. The file's last four bytes say how long the text is.</summary>
    private static void CheckWhole(FileStream file)
    {
        file.Position = 0;
        var (length, part) = (0L, new byte[1 << 16]);
        using (var plain = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true))
            for (var read = plain.Read(part); read > 0; read = plain.Read(part)) length += read;
        var trailer = new byte[sizeof(uint)];
        file.Seek(-trailer.Length, SeekOrigin.End);
        file.ReadExactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) is var expected && expected != (uint)length) throw new InvalidDataException($"a compressed file that is not whole, or several in one: {length} bytes of text, and {expected} by its trailer");
    }

    /// <exception cref="FormatException">The header lacks a column that the map names.</exception>
    public EventLog Read(TextReader text)
    {
        var cases = new Dictionary<string, CaseRows>(StringComparer.Ordinal);
        LogColumnIndexes? columns = null;
        foreach (var (line, fields) in Rows(text))
            if (columns is null) columns = LogColumnIndexes.Of(map, fields);
            else if (fields.Length != columns.Count) Refuse(line, $"{columns.Count} fields, as the header has", $"{fields.Length}");
            else if (columns.Read(line, fields, Refuse) is { } row)
            {
                if (!cases.TryGetValue(row.Case, out var rows)) cases[row.Case] = rows = new(row.Case);
                rows.Add(row, note);
            }
        return columns is null ? throw new FormatException("expected a header with the names of the columns, found an empty file") : new([.. cases.Values.Select(rows => rows.ToCase())], unreadable);
    }

    private IEnumerable<(int Line, string[] Fields)> Rows(TextReader text)
    {
        var lines = new Lines(text);
        while (lines.Next() is var (number, first))
        {
            if (first.Length == 0) continue;
            var (row, more) = (first, new List<(int, string)>());
            while (QuotesOf(row) == Quotes.Open && more.Count + 1 < limits.RowLines && lines.Next() is var (nextNumber, next))
            {
                more.Add((nextNumber, next));
                row += $"\n{next}";
            }
            if (Split(number, row) is { } fields) yield return (number, fields);
            else lines.PutBack(more);
        }
    }

    /// <summary>Where a row stands with its quotes. The library would take a quote in the middle of a field for a part of it, and rows for one.</summary>
    private Quotes QuotesOf(string row)
    {
        var (isQuoted, mayBegin, hasEnded) = (false, true, false);
        for (var at = 0; at < row.Length; at++)
        {
            var isDoubled = isQuoted && row[at] == '"' && at + 1 < row.Length && row[at + 1] == '"';
            if (isDoubled) at++;
            else if (row[at] == '"' && isQuoted) (isQuoted, hasEnded) = (false, true);
            else if (row[at] == '"' && mayBegin) (isQuoted, mayBegin) = (true, false);
            else if (isQuoted) continue;
            else if (row[at] == map.Separator) (mayBegin, hasEnded) = (true, false);
            else if (row[at] == '"' || hasEnded) return Quotes.Misplaced;
            else mayBegin = false;
        }
        return isQuoted ? Quotes.Open : Quotes.Paired;
    }

    private string[]? Split(int line, string row)
    {
        if (QuotesOf(row) != Quotes.Paired) return RefuseRow(Rfc, "a quote within a field, or one that is not closed");
        if (row.Contains('\uFFFD', StringComparison.Ordinal)) return RefuseRow("text in UTF-8", "bytes that are not");
        try
        {
            using var parser = new CsvParser(new StringReader(row), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = map.Separator.ToString(), MaxFieldSize = limits.FieldLength });
            parser.Read();
            return parser.Record!;
        }
        catch (MaxFieldSizeException)
        {
            return RefuseRow($"fields of at most {limits.FieldLength} characters", "a longer one");
        }

        string[]? RefuseRow(string expected, string found)
        {
            Refuse(line, expected, found);
            return null;
        }
    }

    private void Refuse(int line, string expected, string found)
    {
        unreadable++;
        tell(new(line, expected, found));
    }

    private enum Quotes
    {
        Paired,

        /// <summary>A quoted field has begun that does not end.</summary>
        Open,

        Misplaced,
    }

    /// <summary>The lines of a text with their numbers; some of them may be read again.</summary>
    private sealed class Lines(TextReader text)
    {
        private readonly Stack<(int, string)> again = new();
        private int last;

        public (int Number, string Text)? Next() => again.TryPop(out var line) ? line : text.ReadLine() is { } read ? (++last, read) : null;

        public void PutBack(List<(int, string)> lines)
        {
            for (var at = lines.Count - 1; at >= 0; at--) again.Push(lines[at]);
        }
    }
}
