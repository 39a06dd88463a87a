using System.Collections.Frozen;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>
/// What a decision needs from outside its instance, loaded by the shell in the same transaction. Read-only;
/// whatever was chosen from it is written into the fact.
/// </summary>
public sealed record World(FrozenDictionary<string, BusinessCalendar> Calendars, TeamDirectory Teams)
{
    /// <summary>The version that an alteration migrates to.</summary>
    public WorkflowDefinition? MigrationTarget { get; init; }
}
