using System.Collections.Frozen;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>The activity types that this engine runs, by type name (case-insensitive, as Elsa reads them).</summary>
public abstract class ActivityCatalog(IEnumerable<ActivityType> types)
{
    private readonly FrozenDictionary<string, ActivityType> byName =
        types.ToFrozenDictionary(type => type.Descriptor.Type, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ActivityType> Types => byName.Values.OrderBy(type => type.Descriptor.Type, StringComparer.Ordinal);

    public ActivityType? Find(string typeName) => byName.GetValueOrDefault(typeName);

    /// <summary>Stands for a type that is not known: such a node can be read and written, but not run.</summary>
    public abstract ActivityType Unknown(string typeName);

    /// <summary>Stands for a workflow that is used as an activity.</summary>
    /// <param name="workflow">The document of the workflow.</param>
    public abstract ActivityType Composite(string typeName, JsonElement workflow);
}
