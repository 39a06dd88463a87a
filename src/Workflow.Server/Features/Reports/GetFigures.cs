using Microsoft.Extensions.Options;
using Workflow.Engine.Reports;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Reports;

/// <param name="Meaning">Which tasks of which period.</param>
internal sealed record CountView(string Name, Words Title, Words Meaning);

/// <param name="Numerator">Name of a count.</param>
/// <param name="Denominator">Name of a count; null for what is no share.</param>
/// <param name="Formula">In words.</param>
internal sealed record FigureView(string Name, Words Title, FigureUnit Unit, string? Numerator, string? Denominator, Words Formula, Words Source);

/// <summary>What every figure of the reports means.</summary>
internal sealed record FigureList(IReadOnlyList<CountView> Counts, IReadOnlyList<FigureView> Rates, IReadOnlyList<FigureView> Durations, IReadOnlyList<FigureView> Scorecards);

internal static class GetFigures
{
    private static readonly Words Ours = new("本系统", "This system");

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("reports/figures", Handle).Requires(Permission.ReadTasks).Produces<FigureList>().WithSummary("What every figure of the reports means: text, numerator, denominator, formula, source");

    internal static IResult Handle(ScorecardList scorecards, IOptions<ReportOptions> options) => Results.Ok(new FigureList(
        [.. TaskCounts.With(options.Value.Ages).Select(count => new CountView(count.Name, count.Title, count.Meaning))],
        [.. Figures.Rates.Select(rate => new FigureView(
            rate.Name, rate.Title, FigureUnit.Share, rate.Numerator.Name, rate.Denominator.Name, rate.Formula, rate.Source))],
        [.. Figures.Durations.Select(time => new FigureView(time.Name, time.Title, FigureUnit.Seconds, time.Over.Name, null, time.Meaning, Ours))],
        [.. scorecards.All.Select(card => new FigureView(card.Id, card.Title, FigureUnit.Points, null, null, card.Formula, card.Source))]));
}
