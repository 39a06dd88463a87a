namespace Workflow.Engine.Definitions;

/// <summary>What a rule may look at, and where it reports.</summary>
/// <param name="Calendars">Ids of the business calendars that exist.</param>
/// <param name="Workflows">Finds other workflows; null when nobody knows which there are.</param>
public sealed record DefinitionCheck(WorkflowDefinition Definition, IReadOnlySet<string> Calendars, ProblemList Problems, WorkflowLookup? Workflows = null)
{
    public DefinitionLimits Limits { get; init; } = new();

    /// <summary>Which kinds of item teams may be given; null when nobody knows.</summary>
    public AdmissionList? Admission { get; init; }

    /// <summary>The reasons for a pause that there are; null when nobody knows.</summary>
    public PauseCatalog? Pauses { get; init; }

    public void Error(string pointer, string expected, string found) => Problems.Error(pointer, expected, found);

    public void Warn(string pointer, string expected, string found) => Problems.Warn(pointer, expected, found);

    /// <summary>Whether a variable is declared where a node stands, by id or name.</summary>
    public bool Declares(Node node, string idOrName)
    {
        for (var at = node; at is not null; at = at.Parent)
            if (at.Variables.Any(variable => variable.Id == idOrName || variable.Name == idOrName) || at.Type.Descriptor.Provides.Contains(idOrName)) return true;
        return Definition.Variables.Any(variable => variable.Id == idOrName || variable.Name == idOrName);
    }

    /// <summary>Names of the variables that are declared where a node stands, innermost first.</summary>
    public IEnumerable<string> VariablesSeenBy(Node node)
    {
        for (var at = node; at is not null; at = at.Parent)
            foreach (var name in at.Variables.Select(variable => variable.Name).Concat(at.Type.Descriptor.Provides)) yield return name;
        foreach (var variable in Definition.Variables) yield return variable.Name;
    }

    /// <summary>Names of the inputs of the workflow that a node belongs to: one used as an activity, else the definition itself.</summary>
    public IEnumerable<string> InputsAround(Node node) =>
        DefinitionRules.UsageAround(node)?.Type.Descriptor.Inputs.Select(input => input.Name) ?? Definition.Inputs.Select(input => input.Name);

    public IEnumerable<string> OutputsAround(Node node) => DefinitionRules.UsageAround(node)?.Type.Descriptor.Outputs ?? Definition.Outputs.AsEnumerable();

    /// <summary>Reports what Elsa tolerates, such as work that never runs. In a task it would be a step of the loop that nobody does.</summary>
    public void ErrorInTask(string pointer, string expected, string found)
    {
        if (Definition.IsTask) Error(pointer, expected, found);
        else Warn(pointer, expected, found);
    }
}
