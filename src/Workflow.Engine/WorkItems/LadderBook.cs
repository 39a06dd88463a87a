using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Instances;

namespace Workflow.Engine.WorkItems;

/// <summary>The delivery ladders of the organisation, and the channels that this server can send by.</summary>
/// <param name="Plans">By priority; one that is missing has none.</param>
/// <param name="Channels">Names, those of the inbox left out.</param>
public sealed record LadderBook(ImmutableDictionary<Priority, LadderPlan> Plans, FrozenSet<string> Channels)
{
    public static readonly LadderBook None = new(ImmutableDictionary<Priority, LadderPlan>.Empty, []);
}
