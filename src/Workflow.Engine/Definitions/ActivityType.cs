using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>An input that an activity reads. <paramref name="TypeName"/> is an Elsa alias such as <c>String</c> or <c>Double</c>.</summary>
/// <param name="Check">An extra rule for a literal value: returns what was expected, or null when the value is fine.</param>
public sealed record InputDescriptor(string Name, string TypeName, bool IsRequired = false, Func<JsonElement, string?>? Check = null);

/// <summary>What the reader, the checker and the schema need to know about an activity type.</summary>
public sealed record ActivityDescriptor(string Type)
{
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Names of members that hold one child activity (<c>then</c>, <c>body</c> …).</summary>
    public IReadOnlyList<string> ChildPorts { get; init; } = [];

    /// <summary>Child ports that must be present.</summary>
    public IReadOnlyList<string> RequiredPorts { get; init; } = [];

    /// <summary>The member that holds a list of children (<c>activities</c>, <c>branches</c>); null when there is none.</summary>
    public string? ListMember { get; init; }

    /// <summary>True when the member <c>cases</c> holds <c>{label, condition, activity?}</c>.</summary>
    public bool HasCases { get; init; }

    /// <summary>True when the member <c>connections</c> joins the children.</summary>
    public bool HasConnections { get; init; }

    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>True for an activity after which nothing in its container can follow.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True when members that are not declared here are the business of somebody else, not a mistake.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Members that are plain JSON, not inputs.</summary>
    public IReadOnlyList<string> PlainMembers { get; init; } = [];
}

/// <summary>
/// The part of an activity that definitions see: its shape and its own rules.
/// What it does when it runs is in <c>Workflow.Engine.Instances.Activity</c>, which every type derives from.
/// </summary>
public abstract class ActivityType
{
    public abstract ActivityDescriptor Descriptor { get; }

    /// <summary>The document of the workflow that this type stands for; null for every other type.</summary>
    public virtual JsonElement? UsedWorkflow => null;

    /// <summary>Outcomes that a node of this type can complete with; the ports of its outgoing flows.</summary>
    public virtual IReadOnlyList<string> Outcomes(Node node) => ["Done"];

    /// <summary>True when <see cref="Outcomes"/> names all there are; false when the run may decide on others.</summary>
    public virtual bool HasFixedOutcomes(Node node) => true;

    /// <summary>Rules beyond the shape, for one node of this type.</summary>
    public virtual void Check(Node node, DefinitionCheck check)
    {
    }
}

/// <summary>What a rule may look at, and where it reports.</summary>
/// <param name="Calendars">Ids of the business calendars that exist.</param>
public sealed record DefinitionCheck(WorkflowDefinition Definition, IReadOnlySet<string> Calendars, ProblemList Problems)
{
    public void Error(string pointer, string expected, string found) => Problems.Error(pointer, expected, found);
}
