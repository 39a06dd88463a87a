using System.Globalization;

namespace Workflow.Engine.Reports;

/// <summary>One part of a score.</summary>
/// <param name="Rate">A rate of <see cref="Figures"/>.</param>
/// <param name="IsLessBetter">What is missing to 1 scores, instead of the rate itself.</param>
public sealed record ScorePart(Rate Rate, double Weight, bool IsLessBetter)
{
    public Words Title => IsLessBetter ? new($"1 − {Rate.Title.Zh}", $"1 − {Rate.Title.En}") : Rate.Title;

    public Words Formula => new(Weighted(Title.Zh), Weighted(Title.En));

    /// <summary>Null where there is nothing to judge by.</summary>
    public double? Points(Func<TaskCount, long> count) => Rate.Of(count) is { } share ? Weight * (IsLessBetter ? 1 - share : share) : null;

    private string Weighted(string title) => string.Create(CultureInfo.InvariantCulture, $"{Weight} × {(IsLessBetter ? $"({title})" : title)}");
}

/// <summary>A formula by which districts or teams are compared: rates and their weights.</summary>
/// <param name="Source">Where the formula is written.</param>
public sealed record Scorecard(string Id, Words Title, Words Source, IReadOnlyList<ScorePart> Parts)
{
    public Words Formula => new(string.Join(" + ", Parts.Select(part => part.Formula.Zh)), string.Join(" + ", Parts.Select(part => part.Formula.En)));

    /// <summary>Null where a part has nothing to be judged by: half a score is no score.</summary>
    public double? Score(Func<TaskCount, long> count)
    {
        var score = 0.0;
        foreach (var part in Parts)
            if (part.Points(count) is { } points) score += points;
            else return null;
        return score;
    }
}
