using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Storage.Bursts;

/// <summary>
/// How much people have, as one transaction sees it: what is stored, and what its own bursts have changed. Two servers that choose at the same moment
/// do not see each other's choice.
/// </summary>
internal sealed class PeopleLoads
{
    private static readonly WorkItemStatus[] Open = [.. Enum.GetValues<WorkItemStatus>().Where(status => status.IsOpen())];

    public ImmutableDictionary<string, MemberLoad> Known { get; private set; } = ImmutableDictionary<string, MemberLoad>.Empty.WithComparers(StringComparer.Ordinal);

    /// <param name="changed">What the transaction has changed and not yet written.</param>
    public async Task ReadAsync(WorkflowDb db, IReadOnlyList<string> people, IEnumerable<(WorkflowInstance Before, WorkflowInstance After)> changed, CancellationToken cancel)
    {
        var stored = await db.Members.AsNoTracking().Where(member => people.Contains(member.UserId)).Select(member => new
        {
            member.UserId,
            Open = db.WorkItems.Count(item => item.HolderId == member.UserId && Open.Contains(item.Status)),
            Turn = db.WorkItems.Where(item => item.AssigneeId == member.UserId).Max(item => item.Turn),
        }).ToDictionaryAsync(row => row.UserId, row => new MemberLoad(row.Open, row.Turn ?? 0), cancel);
        var read = people.ToDictionary(id => id, id => stored.GetValueOrDefault(id), StringComparer.Ordinal);
        foreach (var (before, after) in changed) Follow(read, before, after);
        Known = Known.SetItems(read);
    }

    public void Follow(WorkflowInstance before, WorkflowInstance after)
    {
        if (Known.IsEmpty) return;
        var now = Known.ToBuilder();
        Follow(now, before, after);
        Known = now.ToImmutable();
    }

    private static void Follow(IDictionary<string, MemberLoad> loads, WorkflowInstance before, WorkflowInstance after)
    {
        foreach (var item in before.WorkItems) Count(loads, item, -1);
        foreach (var item in after.WorkItems)
        {
            Count(loads, item, 1);
            if (item.Assignment is { To: { } to, Turn: var turn } && loads.TryGetValue(to.UserId, out var load) && load.LastTurn < turn) loads[to.UserId] = load with { LastTurn = turn };
        }
    }

    private static void Count(IDictionary<string, MemberLoad> loads, WorkItem item, int by)
    {
        var whose = item.Holder ?? (item.State as WorkItemState.Offered)?.To;
        if (item.IsOpen && whose is not null && loads.TryGetValue(whose.UserId, out var load)) loads[whose.UserId] = load with { Open = load.Open + by };
    }
}
