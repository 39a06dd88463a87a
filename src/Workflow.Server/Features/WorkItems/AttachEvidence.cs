using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal static class AttachEvidence
{
    private const int FileNameLength = 120;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<IOptions<Limits>>().Value;
        routes.MapPost("work-items/{id}/evidence", HandleAsync).WithMetadata(new RequestSizeLimitAttribute(limits.EvidenceBytes + limits.RequestBytes)).Requires(Permission.WorkOnItems).DisableAntiforgery()
            .Produces<EvidenceView>(StatusCodes.Status201Created).WithSummary("Attaches a photo, video or document to a claimed item");
        routes.MapGet("work-items/{id}/evidence/{evidenceId}", ReadAsync).Requires(Permission.ReadTasks)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithSummary("The bytes of a piece of evidence");
    }

    /// <param name="takenAt">When it was taken, ISO 8601 with offset.</param>
    /// <param name="longitude">Degrees, WGS-84.</param>
    /// <param name="latitude">Degrees, WGS-84.</param>
    internal static async Task<IResult> HandleAsync(
        string id, IFormFile file, [FromForm] string? takenAt, [FromForm] double? longitude, [FromForm] double? latitude,
        HttpRequest request, Caller caller, CommandDesk desk, InstanceReader reader, EvidenceStore store, TimeProvider time, IOptions<Limits> limits,
        CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task) return ProblemResults.NotFound("a work item");
        if (task.WorkItems.FirstOrDefault(item => item.Number == key.Number)?.State is not WorkItemState.Claimed { By: var holder } || holder.UserId != caller.Actor.UserId)
            return new Rejection(Reason.NotClaimant, "the person who has claimed the item", caller.Actor.Name).ToResult();
        if (Check(takenAt, longitude, latitude, out var taken) is { Count: > 0 } problems) return ProblemResults.Invalid(problems);

        var now = time.GetUtcNow();
        await using var content = file.OpenReadStream();
        using var staged = await store.StageAsync(content, Guid.CreateVersion7(now).ToString("N"), limits.Value.EvidenceBytes, cancel);
        if (staged is null) return TooLarge(limits.Value).ToResult();
        if (FileType.Of(staged.Head) is not var (kind, contentType)) return new Rejection(Reason.FileTypeRefused, $"one of {string.Join(", ", FileType.Accepted)}", "another type, by its content").ToResult();
        staged.Keep();

        var evidence = new Evidence(
            staged.Sha256, kind, contentType, staged.SizeBytes, staged.Sha256, SafeName(file.FileName), now, caller.Actor.Person, taken, longitude, latitude);
        return await desk.SubmitAsync(
            new(request, caller, new { staged.Sha256, takenAt, longitude, latitude }), key.Instance,
            at => new Stimulus.EvidenceAttached(key.Number, evidence) { At = at },
            after => Answer.Of(StatusCodes.Status201Created, EvidenceView.Of(after.WorkItems.First(item => item.Number == key.Number).Evidence.First(piece => piece.Id == evidence.Id), key)));
    }

    public static Rejection TooLarge(Limits limits) => new(Reason.FileTooLarge, $"at most {limits.EvidenceBytes} bytes", "more");

    internal static async Task<IResult> ReadAsync(
        string id, string evidenceId, HttpResponse response, Caller caller, InstanceReader reader, EvidenceStore store, CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task) return ProblemResults.NotFound("evidence");
        var evidence = task.WorkItems.FirstOrDefault(item => item.Number == key.Number)?.Evidence.FirstOrDefault(piece => piece.Id == evidenceId);
        if (evidence is null || store.Open(evidence.Sha256) is not { } bytes) return ProblemResults.NotFound("evidence");
        // What people upload is never run: not as a page of this origin, not under a sniffed type.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Stream(bytes, evidence.ContentType, enableRangeProcessing: true);
    }

    private static List<ValueProblem> Check(string? takenAt, double? longitude, double? latitude, out DateTimeOffset? taken)
    {
        var problems = new List<ValueProblem>();
        taken = null;
        if (takenAt is not null)
            if (IsoTime.Parse(takenAt) is { } time) taken = time;
            else problems.Add(new("/takenAt", "a time, ISO 8601 with offset", takenAt));
        if (longitude is not (null or (>= -180 and <= 180))) problems.Add(new("/longitude", "-180 to 180 degrees", longitude.Value.ToString(CultureInfo.InvariantCulture)));
        if (latitude is not (null or (>= -90 and <= 90))) problems.Add(new("/latitude", "-90 to 90 degrees", latitude.Value.ToString(CultureInfo.InvariantCulture)));
        if (longitude is null != latitude is null) problems.Add(new("/longitude", "longitude and latitude together", "one of them"));
        return problems;
    }

    private static string SafeName(string name)
    {
        var safe = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(letter => !char.IsControl(letter))]);
        return safe.Length > FileNameLength ? safe[..FileNameLength] : safe;
    }
}

/// <summary>The type of a file by its first bytes; what the client says about it is not believed.</summary>
internal static class FileType
{
    private static readonly (int Offset, byte[] Magic, EvidenceKind Kind, string ContentType)[] Known =
    [
        (0, [0xFF, 0xD8, 0xFF], EvidenceKind.Photo, "image/jpeg"),
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], EvidenceKind.Photo, "image/png"),
        (8, [.. "WEBP"u8], EvidenceKind.Photo, "image/webp"),
        (4, [.. "ftypheic"u8], EvidenceKind.Photo, "image/heic"),
        (4, [.. "ftypmif1"u8], EvidenceKind.Photo, "image/heic"),
        (4, [.. "ftypqt"u8], EvidenceKind.Video, "video/quicktime"),
        (4, [.. "ftyp"u8], EvidenceKind.Video, "video/mp4"),
        (0, [.. "%PDF-"u8], EvidenceKind.Document, "application/pdf"),
    ];

    public static IEnumerable<string> Accepted => Known.Select(type => type.ContentType).Distinct();

    public static (EvidenceKind Kind, string ContentType)? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (offset, magic, kind, contentType) in Known)
            if (head.Length >= offset + magic.Length && head[offset..].StartsWith(magic)) return (kind, contentType);
        return null;
    }
}
