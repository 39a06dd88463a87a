using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>What a post-evaluation has recorded: one for each round, of which the task keeps the last; the journal has them all.</summary>
/// <param name="Round">The round of post-evaluation, from 1.</param>
public sealed record TaskEvaluation(int Round)
{
    public RecordedFigures Figures { get; init; } = new();

    /// <summary>Who gave the figures last.</summary>
    public Person? By { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>The effect by data; null when nobody measured it.</summary>
    public EffectFinding? Effect { get; init; }

    /// <summary>Whether the task was drawn for inspection; null when none was drawn.</summary>
    public SampleDraw? Draw { get; init; }
}

/// <summary>The figures that people give; null where nobody has.</summary>
public sealed record RecordedFigures
{
    public bool? Solved { get; init; }

    public bool? CauseConfirmed { get; init; }

    public string? SourceCategory { get; init; }

    public string? Effect { get; init; }

    public string? EcologicalBenefit { get; init; }

    public int? Satisfaction { get; init; }

    public string? Lessons { get; init; }

    /// <summary>These, and where they are null those of before.</summary>
    public RecordedFigures Over(RecordedFigures before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return new()
        {
            Solved = Solved ?? before.Solved,
            CauseConfirmed = CauseConfirmed ?? before.CauseConfirmed,
            SourceCategory = SourceCategory ?? before.SourceCategory,
            Effect = Effect ?? before.Effect,
            EcologicalBenefit = EcologicalBenefit ?? before.EcologicalBenefit,
            Satisfaction = Satisfaction ?? before.Satisfaction,
            Lessons = Lessons ?? before.Lessons,
        };
    }

    public object? Of(EvaluationFigure figure) => figure switch
    {
        EvaluationFigure.Solved => Solved,
        EvaluationFigure.CauseConfirmed => CauseConfirmed,
        EvaluationFigure.SourceCategory => SourceCategory,
        EvaluationFigure.Effect => Effect,
        EvaluationFigure.EcologicalBenefit => EcologicalBenefit,
        EvaluationFigure.Satisfaction => Satisfaction,
        EvaluationFigure.Lessons => Lessons,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>What readings say about the effect.</summary>
/// <param name="IsEffective">The value stayed below the limit for as long as was asked.</param>
/// <param name="From">Effective: the first of the readings that stayed below. Otherwise the beginning of the watch.</param>
/// <param name="Maximum">The highest reading between; null without a reading.</param>
/// <param name="Gaps">Silences that were longer than allowed, in the whole watch; each made the time count anew.</param>
public sealed record EffectFinding(bool IsEffective, double Below, DateTimeOffset From, DateTimeOffset To, int Readings, double? Maximum, int Gaps);
