using System.Collections.Frozen;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Instances;

/// <summary>
/// What a decision needs from outside its instance, loaded by the shell in the same transaction. Read-only;
/// whatever was chosen from it is written into the fact.
/// </summary>
public sealed record World(FrozenDictionary<string, BusinessCalendar> Calendars, TeamDirectory Teams)
{
    /// <summary>Evaluates scripts, within their limits and what the machine can bear.</summary>
    public ScriptSandbox Scripts { get; init; } = ScriptSandbox.Default;

    public InstanceLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether an activity that nothing will ever move is ended or becomes an incident. Elsa leaves it for ever, and so does a trace; a task is always repaired.
    /// </summary>
    public bool RepairsStalls { get; init; }

    /// <summary>Null but while states are explored: what to take instead of data.</summary>
    internal Choices? Choices { get; init; }

    /// <summary>The version that an alteration migrates to.</summary>
    public WorkflowDefinition? MigrationTarget { get; init; }
}
