using System.Diagnostics;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>Keeps what a post-evaluation records, and lets no task close without what its definition demands.</summary>
internal static class EvaluationDesk
{
    /// <summary>Takes the figures of a form that was filled in during post-evaluation.</summary>
    public static void Take(Burst burst, WorkItem item, JsonElement? values, Actor by)
    {
        if (item.Stage != StageName.PostEvaluation || values is not { ValueKind: JsonValueKind.Object } filled) return;
        if (item.Content.Form is not { } form || !burst.Definition.Forms.TryGetValue(form, out var schema) || schema.Figures.Count == 0) return;
        var given = new RecordedFigures();
        foreach (var (field, figure) in schema.Figures)
            if (filled.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null) given = Set(given, figure, value);
        if (given != new RecordedFigures()) burst.Record(new Fact.EvaluationRecorded(given, by.Person));
    }

    /// <summary>Throws when a figure is missing that the definition demands: a person is refused, and where nobody asked it is an incident of the stage.</summary>
    public static void DemandComplete(Burst burst)
    {
        if (EvaluationDeclaration.Of(burst.Definition) is not { } declared) return;
        var given = Given(burst.Draft.Task!).ToHashSet();
        var missing = declared.Required.Where(figure => !given.Contains(figure)).Select(NameOf).ToList();
        if (missing.Count == 0) return;
        var why = new Rejection(
            Reason.EvaluationIncomplete, $"a post-evaluation with {string.Join(", ", declared.Required.Select(NameOf))}", $"one without {string.Join(", ", missing)}");
        throw burst.Stimulus is Stimulus.OnWorkItem ? new RefusedException(why) : new ActivityFaultException(why.Describe());
    }

    /// <summary>The figures that this round of post-evaluation has.</summary>
    public static IEnumerable<EvaluationFigure> Given(TaskState task)
    {
        if (task.Evaluation is not { } evaluation || evaluation.Round != RoundOf(task)) return [];
        return Enum.GetValues<EvaluationFigure>().Where(figure => evaluation.Figures.Of(figure) is not null || (figure == EvaluationFigure.Effect && evaluation.Effect is not null));
    }

    public static TaskState Apply(TaskState task, Fact fact, DateTimeOffset at)
    {
        var round = RoundOf(task);
        var evaluation = task.Evaluation is { } known && known.Round == round ? known : new(round);
        return task with
        {
            Evaluation = fact switch
            {
                Fact.EvaluationRecorded recorded => evaluation with { Figures = recorded.Figures.Over(evaluation.Figures), By = recorded.By, At = at },
                Fact.EffectMeasured measured => evaluation with { Effect = measured.Finding },
                Fact.SampleDrawn drawn => evaluation with { Draw = drawn.Draw },
                _ => throw new UnreachableException(),
            },
        };
    }

    private static int RoundOf(TaskState task) => task.Visits.Count(visit => visit.Stage == StageName.PostEvaluation);

    private static RecordedFigures Set(RecordedFigures figures, EvaluationFigure figure, JsonElement value) => figure switch
    {
        EvaluationFigure.Solved => figures with { Solved = value.GetBoolean() },
        EvaluationFigure.CauseConfirmed => figures with { CauseConfirmed = value.GetBoolean() },
        EvaluationFigure.SourceCategory => figures with { SourceCategory = TextOf(value) },
        EvaluationFigure.Effect => figures with { Effect = TextOf(value) },
        EvaluationFigure.EcologicalBenefit => figures with { EcologicalBenefit = TextOf(value) },
        EvaluationFigure.Satisfaction => figures with { Satisfaction = value.GetInt32() },
        EvaluationFigure.Lessons => figures with { Lessons = TextOf(value) },
        _ => throw new UnreachableException(),
    };

    /// <summary>A field that was left blank says nothing.</summary>
    private static string? TextOf(JsonElement value) => string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString()!.Trim();

    private static string NameOf(EvaluationFigure figure) => JsonNamingPolicy.CamelCase.ConvertName(figure.ToString());
}
