using System.Text.Json;
using Workflow.Engine.Expressions;
using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Definitions;

/// <summary>
/// The part of an activity that definitions see: its shape and its own rules.
/// What it does when it runs is in <c>Workflow.Engine.Instances.Activity</c>, which every type derives from.
/// </summary>
public abstract class ActivityType
{
    public abstract ActivityDescriptor Descriptor { get; }

    /// <summary>The workflow that this type stands for; null for every other type.</summary>
    public virtual UsedWorkflow? UsedWorkflow => null;

    /// <summary>Outcomes that a node of this type can complete with; the ports of its outgoing flows.</summary>
    public virtual IReadOnlyList<string> Outcomes(Node node) => ["Done"];

    /// <summary>True when <see cref="Outcomes"/> names all there are; false when the run may decide on others.</summary>
    public virtual bool HasFixedOutcomes(Node node) => true;

    /// <summary>True when a node of this type may wait for something from outside.</summary>
    public virtual bool CanWait(Node node) => Descriptor.Waits;

    /// <summary>Names or ids of the variables that a node of this type sets.</summary>
    public virtual IEnumerable<string> VariablesSet(Node node) => node.Outputs.Values.Concat(Scripts(node).SelectMany(script => script.Script.References.VariablesWritten));

    /// <summary>The scripts that stand in a node of this type, each with its place.</summary>
    public virtual IEnumerable<(string Pointer, Script Script)> Scripts(Node node)
    {
        foreach (var input in node.Inputs.Values)
            if (input.Expression is Expression.JavaScript code) yield return ($"{input.Pointer}/expression/value", code.Script);
        foreach (var (index, one) in node.Cases.Index())
            if (one.Condition is Expression.JavaScript code) yield return ($"{node.Pointer}/cases/{index}/condition/value", code.Script);
    }

    /// <summary>When a workflow that begins with this node is to start next by time, after the given one; null when time does not start it.</summary>
    public virtual DateTimeOffset? StartsNext(Node node, DateTimeOffset after) => null;

    /// <summary>Results of the effect that a node of this type waits for which lead different ways (null: nothing in particular); the proof of a task tries each.</summary>
    public virtual IReadOnlyList<JsonElement?> SampleResults(Node node) => [null];

    /// <summary>What a counter of a running node says about where it can go. The proof of a task takes states for the same whose counters say the same.</summary>
    public virtual int Significant(string counter, int count) => count;

    /// <summary>Rules about the whole definition that this type is the root of. Checked last, where nothing else is wrong.</summary>
    public virtual void Prove(DefinitionCheck check)
    {
    }

    /// <summary>Rules beyond the shape, for one node of this type.</summary>
    public virtual void Check(Node node, DefinitionCheck check)
    {
    }
}
