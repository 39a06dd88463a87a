using System.Collections.Frozen;

namespace Workflow.Engine.Definitions;

/// <summary>The activity types that this engine runs, by type name (case-insensitive, as Elsa reads them).</summary>
public sealed class ActivityCatalog(IEnumerable<ActivityType> types)
{
    private readonly FrozenDictionary<string, ActivityType> byName =
        types.ToFrozenDictionary(type => type.Descriptor.Type, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ActivityType> Types => byName.Values.OrderBy(type => type.Descriptor.Type, StringComparer.Ordinal);

    public ActivityType? Find(string typeName) => byName.GetValueOrDefault(typeName);
}
