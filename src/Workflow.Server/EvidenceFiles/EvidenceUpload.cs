using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Places;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Hosting;

namespace Workflow.Server.EvidenceFiles;

/// <summary>What is said about a piece of evidence beside its bytes.</summary>
internal sealed record EvidenceClaims(DateTimeOffset? TakenAt, double? Longitude, double? Latitude, EvidenceSource? Source)
{
    private static readonly string[] Fields = ["takenAt", "longitude", "latitude", "source"];

    /// <param name="latest">No piece was taken later.</param>
    public static EvidenceClaims Read(IReadOnlyDictionary<string, string> fields, DateTimeOffset latest, List<ValueProblem> problems)
    {
        foreach (var name in fields.Keys.Except(Fields)) problems.Add(new($"/{JsonMembers.Escape(name)}", $"file, {string.Join(", ", Fields)}", name));
        var (takenAt, source) = (fields.GetValueOrDefault("takenAt"), fields.GetValueOrDefault("source"));
        var taken = takenAt is null ? null : IsoTime.Parse(takenAt);
        if (takenAt is not null && taken is null) problems.Add(new("/takenAt", "a time, ISO 8601 with offset", takenAt));
        else if (taken > latest) problems.Add(new("/takenAt", $"a time that has passed (setting Evidence:{nameof(EvidenceOptions.AheadMinutes)})", takenAt!));
        var from = Values.ToEnum<EvidenceSource>(source);
        if (source is not null && from is null) problems.Add(new("/source", "satellite, drone, ground or photo", source));
        var longitude = Degrees(fields, "longitude", Position.IsLongitude, Position.LongitudeRange, problems);
        var latitude = Degrees(fields, "latitude", Position.IsLatitude, Position.LatitudeRange, problems);
        if (fields.ContainsKey("longitude") != fields.ContainsKey("latitude")) problems.Add(new("/longitude", "longitude and latitude together", "one of them"));
        return new(taken, longitude, latitude, from);
    }

    private static double? Degrees(IReadOnlyDictionary<string, string> fields, string name, Predicate<double> fits, string range, List<ValueProblem> problems)
    {
        if (!fields.TryGetValue(name, out var text)) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && fits(degrees)) return degrees;
        problems.Add(new($"/{name}", range, text));
        return null;
    }
}

/// <summary>A form as it comes in: a file, staged while it is read and never whole in memory, and short texts.</summary>
internal sealed class EvidenceUpload : IDisposable
{
    private const int MostParts = 16;
    private const int FieldBytes = 1024;
    private const int FileNameLength = 120;
    private const int NoSystemError = unchecked((int)0x80131620);

    private readonly Dictionary<string, string> fields = [];

    private EvidenceUpload()
    {
    }

    public StagedFile? File { get; private set; }

    public string FileName { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <summary>The file was larger than its kind may be.</summary>
    public bool IsTooLarge { get; private set; }

    /// <param name="stage">Writes the bytes away; null when there are too many.</param>
    public static async Task<EvidenceUpload> ReadAsync(HttpRequest request, Func<Stream, Task<StagedFile?>> stage, List<ValueProblem> problems, CancellationToken cancel)
    {
        var upload = new EvidenceUpload();
        try
        {
            await upload.ReadPartsAsync(request, stage, problems, cancel);
        }
        // The reader of forms throws these two; what the disk throws has an error of the system in it.
        catch (Exception problem) when (problem is InvalidDataException || (problem.GetType() == typeof(IOException) && problem.HResult == NoSystemError))
        {
            problems.Add(new("", "a whole form of type multipart/form-data", "one that breaks off, or whose parts cannot be told apart"));
        }
        catch
        {
            upload.Dispose();
            throw;
        }
        return upload;
    }

    public void Dispose() => File?.Dispose();

    private async Task ReadPartsAsync(HttpRequest request, Func<Stream, Task<StagedFile?>> stage, List<ValueProblem> problems, CancellationToken cancel)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary))
        {
            problems.Add(new("", "a form of type multipart/form-data with its boundary", request.ContentType ?? "nothing"));
            return;
        }
        var reader = new MultipartReader(boundary, request.Body);
        for (var parts = 0; await reader.ReadNextSectionAsync(cancel) is { } part; parts++)
        {
            if (parts == MostParts || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
            {
                problems.Add(new("", $"at most {MostParts} parts, each with its name", parts == MostParts ? "more" : "one without"));
                return;
            }
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (name != "file") fields[name] = await TextAsync(part.Body, name, problems, cancel);
            else if (File is not null) problems.Add(new("/file", "one file", "another"));
            else
            {
                FileName = SafeName(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "");
                File = await stage(part.Body);
                IsTooLarge = File is null;
            }
            if (problems.Count > 0 || IsTooLarge) return;
        }
        if (File is not { SizeBytes: > 0 }) problems.Add(new("/file", "a file", File is null ? "nothing" : "an empty one"));
    }

    private static async Task<string> TextAsync(Stream body, string name, List<ValueProblem> problems, CancellationToken cancel)
    {
        var buffer = new byte[FieldBytes + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        if (read > FieldBytes) problems.Add(new($"/{JsonMembers.Escape(name)}", $"at most {FieldBytes} bytes", "more"));
        return Encoding.UTF8.GetString(buffer, 0, Math.Min(read, FieldBytes));
    }

    private static string SafeName(string name)
    {
        var safe = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(letter => !char.IsControl(letter))]);
        return safe.Length > FileNameLength ? safe[..FileNameLength] : safe;
    }
}
