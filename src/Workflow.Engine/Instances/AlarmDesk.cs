using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>The alarms of a task's subject: the one that raised it, and those that joined it while it was open.</summary>
/// <param name="Count">With the first.</param>
/// <param name="ClearedAt">Since when the value is below the limit that clears; null while it is not.</param>
public sealed record TaskAlarms(int Count, DateTimeOffset LastAt, DateTimeOffset? ClearedAt);

/// <summary>Alarms raise a task or join the open one of their subject. A storm of them makes one task.</summary>
internal static class AlarmDesk
{
    /// <summary>Why an alarm raises no task; null when it does.</summary>
    public static Rejection? Refuse(WorkflowDefinition definition, ImmutableDictionary<string, JsonElement> inputs) =>
        AlarmDeclaration.Of(definition) is { } alarms && alarms.LevelOf(inputs) != AlarmLevel.Raised
            ? new(Reason.AlarmBelowLimit, string.Create(CultureInfo.InvariantCulture, $"{alarms.Value} of at least {alarms.RaiseAt}"), $"{inputs[alarms.Value!]}")
            : null;

    /// <summary>The alarm that has just raised the task is the first of its subject.</summary>
    public static void Begin(Burst burst, Stimulus.Started started)
    {
        if (started.Task?.SubjectKey is not null && AlarmDeclaration.Of(burst.Definition) is not null) burst.Record(new Fact.AlarmJoined(started.Input, AlarmLevel.Raised));
    }

    public static Rejection? Join(Burst burst, Stimulus.AlarmRepeated repeated)
    {
        if (burst.Draft.Task?.Alarms is null || AlarmDeclaration.Of(burst.Definition) is not { } alarms) return new(Reason.NotAllowed, "a task that alarms of its subject may join", "another one");
        if (Transition.InputProblems(burst.Definition, repeated.Input) is { Count: > 0 } problems) return Rejection.InputsDoNotFit(problems);
        burst.Record(new Fact.AlarmJoined(repeated.Input, alarms.LevelOf(repeated.Input)));
        if (alarms.ValueOf(repeated.Input) is { } value)
            foreach (var token in burst.Draft.Tokens.ToList())
                if (burst.Draft.FindToken(token.Id) is { IsFaulted: false }) burst.Run(token.Id, (activity, context) => activity.Signalled(context, new Reading(value)));
        return null;
    }

    public static TaskState Apply(TaskState task, Fact.AlarmJoined joined, DateTimeOffset at) => task with
    {
        Alarms = new((task.Alarms?.Count ?? 0) + 1, at, joined.Level switch
        {
            AlarmLevel.Cleared => task.Alarms?.ClearedAt ?? at,
            AlarmLevel.Between => task.Alarms?.ClearedAt,
            _ => null,
        }),
    };
}
