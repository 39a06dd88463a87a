using System.Diagnostics.CodeAnalysis;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <summary>Times in a query, and the parameter <c>at</c> that shows an instance as it was.</summary>
internal static class PastTime
{
    public static bool TryRead(string? at, out DateTimeOffset? time, [NotNullWhen(false)] out IResult? problem, string name = "at")
    {
        (time, problem) = (at is null ? null : IsoTime.Parse(at), null);
        if (at is not null && time is null) problem = ProblemResults.Invalid([new($"/{name}", "a time as ISO 8601 with offset, such as 2026-10-03T02:14:00Z (in a query '+' is written %2B)", $"'{at}'")]);
        return problem is null;
    }

    public static IResult NotFound(DateTimeOffset? at) => ProblemResults.NotFound(at is { } time ? $"an instance that had begun at {time:O}," : "an instance");
}
