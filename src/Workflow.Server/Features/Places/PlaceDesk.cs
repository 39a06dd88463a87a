using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Places;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Features.Places;

/// <summary>What a caller knows about where something is; one of the three is enough.</summary>
internal sealed record PlaceQuery(string? AreaCode, string? SubjectKey, Position? Position)
{
    public bool IsEmpty => AreaCode is null && SubjectKey is null && Position is null;
}

/// <summary>Finds the area of what callers ask about or raise.</summary>
internal sealed class PlaceDesk(PlaceLibrary library, IDbContextFactory<WorkflowDb> databases)
{
    /// <summary>
    /// An area that is named counts, whatever the position says: somebody has decided. Otherwise the subject's area or the position, whichever is closer.
    /// </summary>
    public async Task<(FoundPlace? Found, Rejection? Refused)> FindAsync(PlaceQuery query, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var directory = await library.LoadAsync(db, cancel);
        SubjectRow? subject = null;
        if (query.SubjectKey is { } key)
        {
            subject = await db.Subjects.AsNoTracking().FirstOrDefaultAsync(row => row.Key == key, cancel);
            if (subject is null) return (null, new(Reason.SubjectUnknown, "the key of a subject", $"'{key}'"));
        }
        if (query.AreaCode is { } code) return directory.ByCode(code) is { } named ? (With(named, query.Position ?? subject?.Position()), null) : (null, new(Reason.AreaUnknown, "the code of an area", $"'{code}'"));
        if (subject is not null)
            return directory.BySubject(subject, query.Position) is { } known
                ? (With(known, query.Position ?? subject.Position()), null)
                : (null, new(Reason.AreaUnknown, "a subject whose area is still there", $"area '{subject.AreaCode}' of {subject.Key}"));
        var at = query.Position!;
        return directory.ByPosition(at) is { } found
            ? (With(found, at), null)
            : (null, new(Reason.PlaceUnknown, "a position in or near the outline of an area", string.Create(CultureInfo.InvariantCulture, $"{at.Longitude}, {at.Latitude} ({DatumName.Of(at.Datum)})")));
    }

    /// <summary>What is wrong with a position.</summary>
    /// <param name="at">Where it stands in the request.</param>
    public static IEnumerable<ValueProblem> Check(double longitude, double latitude, string at)
    {
        if (!Position.IsLongitude(longitude)) yield return new($"{at}/longitude", Position.LongitudeRange, longitude.ToString(CultureInfo.InvariantCulture));
        if (!Position.IsLatitude(latitude)) yield return new($"{at}/latitude", Position.LatitudeRange, latitude.ToString(CultureInfo.InvariantCulture));
    }

    private static FoundPlace With(FoundPlace found, Position? position) =>
        found with { Area = found.Area with { Place = found.Area.Place with { Position = position, By = found.By } } };
}
