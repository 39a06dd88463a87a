using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.ClosedLoop;

/// <summary>
/// <c>Workflow.EffectCheck</c>: the effect of the handling by data. Waits until the value of the task's subject (<c>alarms.value</c>) has stayed below a limit for a
/// while, as the readings that come in say, and goes on at <c>Effective</c>; when that has not come to be within the deadline, at <c>NotEffective</c>. What it
/// found goes into the evaluation.
/// <para>
/// The time counts from the first reading below the limit. A reading at the limit or above makes it count anew, and so does a silence: a device that is
/// switched off proves nothing. A task whose subject sends no readings is not effective by data, at once. Readings are counted, not kept, so a watch costs the same
/// however many come; it looks at itself at most once in the time that it asks for, and never polls.
/// </para>
/// </summary>
public sealed class EffectCheck : Activity
{
    private const string Hold = "hold";
    private const string Deadline = "deadline";
    private const string Watched = "watch";

    public override ActivityDescriptor Descriptor { get; } = new("Workflow.EffectCheck")
    {
        Category = "Closed loop",
        Summary = "Waits until the subject's value has stayed below a limit for a while: Effective; or until the deadline: NotEffective.",
        Waits = true,
        Inputs =
        [
            new("for", "TimeSpan", IsRequired: true, Check: LongerThanNothing) { Summary = "How long the value has to stay below the limit, such as PT4H." },
            new("within", "TimeSpan", IsRequired: true, Check: LongerThanNothing) { Summary = "The deadline, from now on, such as PT24H." },
            new("below", "Double") { Summary = "The limit; alarms.clearBelow without it." },
            new("silence", "TimeSpan", Check: LongerThanNothing) { Summary = "The longest time between two readings that proves something; as long as 'for' without it." },
        ],
        Outputs = ["result"],
    };

    public override IReadOnlyList<string> Outcomes(Node node) => ["Effective", "NotEffective"];

    public override void Execute(ActivityContext context)
    {
        if (!context.Found(context.Task.HasReadings))
        {
            End(context, new(false, Below(context), context.At, context.At, 0, null, 0));
            return;
        }
        context.Wait(Descriptor.Type, Deadline, After(context, "within"));
        context.Wait(Descriptor.Type, Hold, After(context, "for"));
    }

    /// <summary>Every reading that comes in while it waits.</summary>
    public override bool Signalled(ActivityContext context, Signal signal)
    {
        if (signal is Reading reading) context.SetState(Watched, Json((Read(context) ?? new()).Add(reading.Value, context.At, Below(context), Silence(context))));
        return false;
    }

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        var wait = ((Resumption.FromBookmark)resumption).Bookmark;
        var watch = Read(context) ?? new();
        var since = watch.Since(context.At, Silence(context));
        if (wait.Key == Deadline)
        {
            // Both may be due in the same moment, in either order.
            if (context.Found(IsHeld())) EndEffective();
            else End(context, new(false, Below(context), wait.CreatedAt, context.At, watch.Readings, watch.Maximum, watch.Gaps));
        }
        else if (context.Found(IsHeld())) EndEffective();
        // Nothing can have held earlier than this: what begins now has to hold as long.
        else context.Wait(Descriptor.Type, Hold, since is { } begun ? begun + Span(context, "for") : After(context, "for"));

        bool IsHeld() => since is { } from && context.At - from >= Span(context, "for");
        void EndEffective() => End(context, new(true, Below(context), since ?? context.At, context.At, watch.RunReadings, watch.RunMaximum, watch.Gaps));
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        PostEvaluationRules.CheckStage(node, check);
        if (AlarmDeclaration.Of(check.Definition) is not { Value: not null }) check.Error($"{check.Definition.Root.Pointer}/alarms/value", $"the value that '{node.ActivityId}' watches", "nothing");
        if (Literal(node, "for") is { } least && Literal(node, "within") is { } most && most < least) check.Error($"{node.Pointer}/within", $"at least as long as 'for' ({least})", $"{most}");
    }

    private static void End(ActivityContext context, EffectFinding finding)
    {
        context.Task.Record(finding);
        context.SetOutput("result", Json(finding));
        context.Complete(finding.IsEffective ? "Effective" : "NotEffective");
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, InstanceJson.Options);

    private static EffectWatch? Read(ActivityContext context) => context.State(Watched) is { } stored ? InstanceJson.Read<EffectWatch>(stored.GetRawText()) : null;

    private static double Below(ActivityContext context) => context.Input("below")?.GetDouble() ?? context.Task.AlarmLimits?.ClearBelow ?? throw ActivityContext.Fault("expected a limit, found none: alarms.value has gone");

    private static TimeSpan Silence(ActivityContext context) => context.Input("silence") is { } value ? Values.ToTimeSpan(value)!.Value : Span(context, "for");

    private static TimeSpan Span(ActivityContext context, string input) => context.Input(input) is { } value && Values.ToTimeSpan(value) is { } span && span > TimeSpan.Zero
        ? span
        : throw ActivityContext.Fault($"input '{input}': expected a span longer than 0, found {context.Text(input)}");

    private static DateTimeOffset After(ActivityContext context, string input) =>
        Span(context, input) is var span && span < DateTimeOffset.MaxValue - context.At ? context.At + span : throw ActivityContext.Fault($"input '{input}': expected a span that ends before the year 10000, found {span}");

    private static TimeSpan? Literal(Node node, string input) => node.Literal(input) is { } value ? Values.ToTimeSpan(value) : null;

    private static string? LongerThanNothing(JsonElement value) => Values.ToTimeSpan(value) is { } span && span <= TimeSpan.Zero ? "a span longer than 0" : null;
}

/// <summary>What a watch remembers of the readings: numbers, never the readings themselves.</summary>
internal sealed record EffectWatch
{
    public DateTimeOffset? Last { get; init; }

    public int Readings { get; init; }

    public double? Maximum { get; init; }

    public int Gaps { get; init; }

    /// <summary>The first of the readings that are below the limit without a silence between; null when the last one was not below.</summary>
    public DateTimeOffset? Run { get; init; }

    public int RunReadings { get; init; }

    public double? RunMaximum { get; init; }

    public EffectWatch Add(double value, DateTimeOffset at, double below, TimeSpan silence)
    {
        var isSilent = Last is { } last && at - last > silence;
        var next = this with { Last = at, Readings = Readings + 1, Maximum = Maximum is { } known ? Math.Max(known, value) : value, Gaps = Gaps + (isSilent ? 1 : 0) };
        if (value >= below) return next with { Run = null, RunReadings = 0, RunMaximum = null };
        return Run is null || isSilent
            ? next with { Run = at, RunReadings = 1, RunMaximum = value }
            : next with { RunReadings = RunReadings + 1, RunMaximum = Math.Max(RunMaximum ?? value, value) };
    }

    /// <summary>Since when the value has stayed below; null when it has not, or nothing has been heard for too long.</summary>
    public DateTimeOffset? Since(DateTimeOffset at, TimeSpan silence) => at - Last <= silence ? Run : null;
}
