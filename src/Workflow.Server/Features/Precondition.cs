using System.Globalization;
using Microsoft.Net.Http.Headers;
using Workflow.Engine.Instances;

namespace Workflow.Server.Features;

/// <summary>What a caller says in <c>If-Match</c> or <c>If-None-Match</c> about what is there, so that two people do not overwrite one another.</summary>
/// <param name="Tag">The ETag that has to be the current one, without quotes; null when none was named.</param>
/// <param name="MustExist"><c>If-Match: *</c>: whatever is there.</param>
/// <param name="MustBeNew"><c>If-None-Match: *</c>: nothing may be there.</param>
internal sealed record Precondition(string? Tag, bool MustExist = false, bool MustBeNew = false)
{
    public static Precondition? Read(HttpRequest request, out Rejection? problem)
    {
        problem = null;
        if (Headers(request, HeaderNames.IfNoneMatch) is { } none)
        {
            if (none == "*") return new(null, MustBeNew: true);
            problem = Unreadable(HeaderNames.IfNoneMatch, "*", none);
            return null;
        }
        if (Headers(request, HeaderNames.IfMatch) is not { } text) return new((string?)null);
        if (text == "*") return new(null, MustExist: true);
        if (EntityTagHeaderValue.TryParse(text, out var tag) && !tag.IsWeak && tag.Tag.Length > 2) return new(tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString());
        problem = Unreadable(HeaderNames.IfMatch, "one ETag in quotes as it was given out, or *", text);
        return null;
    }

    /// <summary>The revision of an instance that <c>If-Match</c> names; null when any will do.</summary>
    /// <returns>What is wrong with the header.</returns>
    public static Rejection? ReadRevision(HttpRequest request, out int? revision)
    {
        revision = null;
        if (Read(request, out var problem) is not { Tag: { } tag }) return problem;
        if (!int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Unreadable(HeaderNames.IfMatch, "the ETag of an instance, which is its revision in quotes", tag);
        revision = number;
        return null;
    }

    /// <param name="current">The ETag of what is there; null when nothing is.</param>
    /// <param name="found">What to call it.</param>
    public Rejection? Refuse(string? current, string found) => (Tag, current) switch
    {
        ({ } seen, _) when seen != current => new(Reason.PreconditionFailed, $"ETag {seen}", found),
        (null, null) when MustExist => new(Reason.PreconditionFailed, "one that is there", found),
        (null, not null) when MustBeNew => new(Reason.PreconditionFailed, "none", found),
        (null, not null) when !MustExist => new(Reason.PreconditionRequired, "If-Match with the ETag that was seen", $"no If-Match, and {found}"),
        _ => null,
    };

    private static string? Headers(HttpRequest request, string name) => request.Headers.TryGetValue(name, out var values) ? values.ToString().Trim() : null;

    private static Rejection Unreadable(string header, string expected, string found) =>
        new(Reason.InputInvalid, "a request as the API describes it", "what 'errors' says", [new($"/headers/{header}", expected, $"'{found}'")]);
}

/// <summary>The route honours <c>If-Match</c>; the API document says so.</summary>
internal sealed record HonoursIfMatch;

internal static class RoutePreconditions
{
    public static RouteHandlerBuilder HonoursIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(new HonoursIfMatch());
}
