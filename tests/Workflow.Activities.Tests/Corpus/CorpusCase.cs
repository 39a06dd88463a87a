using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>An instance of a shape, made by a real run with fixed ids and times.</summary>
/// <param name="Document">Names the definition among those of the corpus; several cases may share one.</param>
/// <param name="Run">From the start to where it is stored.</param>
internal sealed record CorpusCase(string Name, string Document, WorkflowDefinition Definition, Action<Scenario> Run)
{
    /// <summary>False for what goes round for ever and is ended by a person.</summary>
    public bool Ends { get; init; } = true;

    /// <summary>The version that was started, where a person has migrated the instance; null where nobody has.</summary>
    public WorkflowDefinition? Started { get; init; }

    /// <summary>The organisation as it is then; null for the usual one.</summary>
    public TeamDirectory? Teams { get; init; }

    /// <summary>How much people have then; null where nobody counts.</summary>
    public ImmutableDictionary<string, MemberLoad>? Loads { get; init; }

    /// <summary>The rest of the world; null for the usual one.</summary>
    public World? World { get; init; }

    public Scenario Make()
    {
        var scenario = new Scenario(Started ?? Definition) { World = World ?? (An.World with { MigrationTarget = Definition, Teams = Teams ?? An.Teams, Loads = Loads, Pauses = PauseCatalog.Empty }) };
        Run(scenario);
        return scenario;
    }

    public override string ToString() => Name;
}
