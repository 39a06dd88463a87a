using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.JointWork;

/// <summary>A part as it will be handed down.</summary>
internal sealed record PlannedPart(Place Place, Team Team, PartRole Role, string Text, string? Wanted, DateTimeOffset Due);

/// <summary>Checks what is asked for and completes it: the place, the team that answers, the deadline.</summary>
internal static class PartPlan
{
    public static IReadOnlyList<PlannedPart> Of(Burst burst, ImmutableArray<PartAsked> asked, out List<ValueProblem> problems)
    {
        var (plan, task, limits) = (new List<PlannedPart>(), burst.Draft.Task!, burst.World.Limits);
        problems = [];
        if (asked.IsEmpty || asked.Length + task.Parts.Length > limits.Parts)
            problems.Add(new("/parts", $"1 to {limits.Parts} parts of one task in all (setting Instances:{nameof(InstanceLimits.Parts)})", $"{asked.Length + task.Parts.Length}"));
        if ((burst.Draft.Parent?.Depth ?? 0) >= limits.WaitingInstances)
            problems.Add(new("/parts", $"at most {limits.WaitingInstances} tasks that were handed down from one to the next (setting Instances:{nameof(InstanceLimits.WaitingInstances)})", "one more"));
        if (!asked.IsEmpty && asked.Count(part => part.Role == PartRole.Lead) is var leads and not 1) problems.Add(new("/parts", "exactly one lead", $"{leads}"));
        var before = problems.Count;
        foreach (var (index, part) in asked.Index())
            if (Plan(burst, part, $"/parts/{index}", problems) is { } planned)
            {
                if (plan.Exists(other => other.Team == planned.Team && other.Place.AreaCode == planned.Place.AreaCode)) problems.Add(new($"/parts/{index}/areaCode", "each area and team once", $"{planned.Team.Name} of {planned.Place.AreaName} again"));
                plan.Add(planned);
            }
        return problems.Count > before ? [] : plan;
    }

    private static PlannedPart? Plan(Burst burst, PartAsked asked, string at, List<ValueProblem> problems)
    {
        var (teams, before) = (burst.World.Teams, problems.Count);
        if (!teams.Areas.TryGetValue(asked.AreaCode, out var place)) problems.Add(new($"{at}/areaCode", "the code of an area", $"'{asked.AreaCode}'"));
        else if (OutOfReach(burst.Draft.Task!, place) is { } expected) problems.Add(new($"{at}/areaCode", expected, place.AreaName));
        var due = asked.Due ?? LatestOf(burst) ?? burst.Stimulus.At;
        if (due <= burst.Stimulus.At) problems.Add(new($"{at}/due", "a deadline that is to come", asked.Due is null ? "none, and no clock of the task that gives one" : $"{due:O}"));
        else if (due - burst.Stimulus.At > SlaTarget.Longest) problems.Add(new($"{at}/due", $"a deadline within {SlaTarget.Longest.Days} days", $"{due:O}"));
        else if (LatestOf(burst) is { } latest && due > latest) problems.Add(new($"{at}/due", $"a deadline within the task's own, {latest:O}", $"{due:O}"));
        if (place is null || problems.Count > before) return null;

        var team = asked.Team is { } id ? teams.Find(id) : TeamOf(teams, place, asked.Role, burst.Stimulus.At);
        if (team is null) problems.Add(new($"{at}/team", asked.Team is null ? $"a team that answers for {place.AreaName}" : "the id of a team", asked.Team is null ? "none" : $"'{asked.Team}'"));
        else if (asked.Role == PartRole.Lead && team.Kind == TeamKind.CommunityGrid) problems.Add(new($"{at}/team", "a lead that may enforce: grid members report and assist", team.Name));
        return problems.Count > before ? null : new(place, team!, asked.Role, asked.Text, asked.Wanted, due);
    }

    /// <summary>The task's own due time; null without a clock, or when it has passed: what is late already may still be handed down.</summary>
    private static DateTimeOffset? LatestOf(Burst burst) =>
        burst.Draft.Clocks.Find(clock => clock is { Scope: ClockScope.Task, IsOpen: true })?.Due is { } due && due > burst.Stimulus.At ? due : null;

    /// <summary>A part goes to an area below the city, and from a part to an area within its own.</summary>
    private static string? OutOfReach(TaskState task, Place place) =>
        place.AreaPath.Split('/', StringSplitOptions.RemoveEmptyEntries).Length < 2 ? "an area within the city"
        : task.Part is not null && (place.AreaCode == task.Place.AreaCode || !place.AreaPath.StartsWith(task.Place.AreaPath, StringComparison.Ordinal)) ? $"an area within {task.Place.AreaName}"
        : null;

    /// <summary>The team at the area itself, else the one that covers it: enforcement first, and a grid only to assist.</summary>
    private static Team? TeamOf(TeamDirectory teams, Place place, PartRole role, DateTimeOffset at)
    {
        TeamKind[] kinds = role == PartRole.Lead ? [TeamKind.Enforcement, TeamKind.Inspection, TeamKind.TechGrid] : [TeamKind.Enforcement, TeamKind.CommunityGrid, TeamKind.Inspection, TeamKind.TechGrid];
        return kinds.Select(kind => teams.At(place.AreaCode, kind, at)).FirstOrDefault(team => team is not null) ?? kinds.Select(kind => teams.OwnerOf(place, kind, at)).FirstOrDefault(team => team is not null);
    }
}
