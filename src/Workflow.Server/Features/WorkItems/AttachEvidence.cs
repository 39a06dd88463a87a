using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.EvidenceFiles;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal static class AttachEvidence
{
    /// <summary>The form, for the API document: it is read part by part, see <see cref="EvidenceUpload"/>.</summary>
    /// <param name="TakenAt">When it was taken, ISO 8601 with offset.</param>
    /// <param name="Longitude">Degrees, WGS-84.</param>
    /// <param name="Latitude">Degrees, WGS-84.</param>
    public sealed record Form(IFormFile File, string? TakenAt, double? Longitude, double? Latitude, EvidenceSource? Source);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var limits = routes.ServiceProvider.GetRequiredService<IOptions<Limits>>().Value;
        var most = Math.Max(limits.PhotoBytes, Math.Max(limits.VideoBytes, limits.DocumentBytes));
        routes.MapPost("work-items/{id}/evidence", HandleAsync).WithMetadata(new RequestSizeLimitAttribute(most + limits.RequestBytes)).Requires(Permission.WorkOnItems).DisableAntiforgery()
            .Accepts<Form>("multipart/form-data").Produces<EvidenceView>(StatusCodes.Status201Created).WithSummary("Attaches a photo, video or document to a claimed item");
        routes.MapGet("work-items/{id}/evidence/{evidenceId}", ReadAsync).Requires(Permission.ReadTasks)
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithSummary("The bytes of a piece of evidence, or a range of them");
    }

    internal static async Task<IResult> HandleAsync(
        string id, HttpRequest request, Caller caller, CommandDesk desk, InstanceReader reader, EvidenceStore store, TimeProvider time, DiskSpace disk,
        IOptions<Limits> limits, IOptions<EvidenceOptions> options, IOptions<CommitQueueOptions> city, CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task) return ProblemResults.NotFound("a work item", Reason.WorkItemUnknown);
        if (task.WorkItems.FirstOrDefault(item => item.Number == key.Number)?.State is not WorkItemState.Claimed { By: var holder } || holder.UserId != caller.Actor.UserId)
            return new Rejection(Reason.NotClaimant, "the person who has claimed the item", caller.Actor.Name).ToResult();
        if (disk.RefuseFile(request.ContentLength ?? 0) is { } noRoom) return noRoom.ToResult();

        var now = time.GetUtcNow();
        FileType? type = null;
        var problems = new List<ValueProblem>();
        using var upload = await EvidenceUpload.ReadAsync(
            request, content => store.StageAsync(content, Guid.CreateVersion7(now).ToString("N"), head => MostBytes(type = FileType.Of(head), limits.Value, options.Value), cancel), problems, cancel);
        if ((upload.File is { SizeBytes: > 0 } || upload.IsTooLarge) && (type is null || !options.Value.Accepted.Contains(type.ContentType))) return Refused(type, options.Value).ToResult();
        if (upload.IsTooLarge) return new Rejection(Reason.FileTooLarge, $"a {type!.Kind.ToString().ToLowerInvariant()} of at most {MostBytes(type, limits.Value, options.Value)} bytes", "more").ToResult();
        var claims = EvidenceClaims.Read(upload.Fields, now.AddMinutes(options.Value.AheadMinutes), problems);
        if (problems.Count > 0) return ProblemResults.Invalid(problems);

        var file = upload.File!;
        var exif = type!.ContentType == FileType.Jpeg ? Exif(file, TimeZoneInfo.FindSystemTimeZoneById(city.Value.TimeZone)) : null;
        file.Keep();
        var evidence = new Evidence(
            file.Sha256, type.Kind, type.ContentType, file.SizeBytes, file.Sha256, upload.FileName, now, caller.Actor.Person, claims.TakenAt, claims.Longitude, claims.Latitude)
        {
            Source = claims.Source,
            Exif = exif,
        };
        return await desk.SubmitAsync(
            new(request, caller, new { file.Sha256, claims }), key.Instance,
            at => new Stimulus.EvidenceAttached(key.Number, evidence) { At = at },
            after => Answer.Of(StatusCodes.Status201Created, EvidenceView.Of(after.WorkItems.First(item => item.Number == key.Number).Evidence.Last(evidence.IsSaidAgain), key)));
    }

    internal static async Task<IResult> ReadAsync(
        string id, string evidenceId, HttpResponse response, Caller caller, InstanceReader reader, EvidenceStore store, CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || await reader.FindTaskAsync(key.Instance, caller, cancel) is not { } task) return ProblemResults.NotFound("evidence");
        var evidence = task.WorkItems.FirstOrDefault(item => item.Number == key.Number)?.Evidence.FirstOrDefault(piece => piece.Id == evidenceId);
        if (evidence is null || store.Open(evidence.Sha256) is not { } bytes) return ProblemResults.NotFound("evidence");
        // What people upload is never run: not as a page of this origin, not under a sniffed type. A picture in a page is shown all the same.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, max-age=31536000, immutable";
        return Results.Stream(bytes, evidence.ContentType, evidence.FileName.Length > 0 ? evidence.FileName : evidence.Id, enableRangeProcessing: true);
    }

    /// <summary>A file that is not taken is not read to its end either.</summary>
    private static long MostBytes(FileType? type, Limits limits, EvidenceOptions options) => type is null || !options.Accepted.Contains(type.ContentType) ? 0 : type.Kind switch
    {
        EvidenceKind.Photo => limits.PhotoBytes,
        EvidenceKind.Video => limits.VideoBytes,
        EvidenceKind.Document => limits.DocumentBytes,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Rejection Refused(FileType? type, EvidenceOptions options) =>
        new(Reason.FileTypeRefused, $"one of {string.Join(", ", options.Accepted)}", $"{type?.ContentType ?? "another type"}, by its content");

    private static Capture? Exif(StagedFile file, TimeZoneInfo zone)
    {
        using var photo = file.OpenRead();
        return ExifReader.Read(photo, zone);
    }
}
