using System.Diagnostics.CodeAnalysis;
using Workflow.Engine.Definitions;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <summary>Times in a query, and the parameter <c>at</c> that shows an instance as it was.</summary>
internal static class PastTime
{
    public static bool TryRead(string? at, out DateTimeOffset? time, [NotNullWhen(false)] out IResult? problem, string name = "at")
    {
        var problems = new List<ValueProblem>();
        time = Read(at, name, problems);
        problem = problems.Count > 0 ? ProblemResults.Invalid(problems) : null;
        return problem is null;
    }

    /// <summary>Reports what is wrong beside what else is.</summary>
    public static DateTimeOffset? Read(string? at, string name, List<ValueProblem> problems)
    {
        var time = at is null ? null : IsoTime.Parse(at);
        if (at is not null && time is null) problems.Add(new($"/{name}", "a time as ISO 8601 with offset, such as 2026-10-03T02:14:00Z (in a query '+' is written %2B)", $"'{at}'"));
        return time;
    }

    public static IResult NotFound(DateTimeOffset? at) => ProblemResults.NotFound(at is { } time ? $"an instance that had begun at {time:O}," : "an instance");
}
