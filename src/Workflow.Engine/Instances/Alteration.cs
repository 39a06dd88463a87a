using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Engine.Instances;

/// <summary>A change that a person makes to a running instance from outside its definition.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ModifyVariable), "ModifyVariable")]
[JsonDerivedType(typeof(ScheduleActivity), "ScheduleActivity")]
[JsonDerivedType(typeof(CancelActivity), "CancelActivity")]
[JsonDerivedType(typeof(Migrate), "Migrate")]
public abstract record Alteration
{
    private Alteration()
    {
    }

    /// <param name="VariableId">Id or name, of the workflow or of a container that runs.</param>
    public sealed record ModifyVariable(string VariableId, JsonElement Value) : Alteration;

    /// <summary>Runs an activity now, inside its container, which has to run.</summary>
    public sealed record ScheduleActivity(string ActivityId) : Alteration;

    /// <summary>Ends what runs of an activity without an outcome.</summary>
    public sealed record CancelActivity(string ActivityId) : Alteration;

    /// <summary>Goes on under another version of the definition.</summary>
    public sealed record Migrate(int TargetVersion) : Alteration;
}
