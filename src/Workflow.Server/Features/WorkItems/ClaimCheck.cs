using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features.WorkItems;

/// <summary>
/// Work items that are offered to somebody who may not claim them all the same: for want of a certificate, or because they sign another part. Rows do not say
/// so. The tasks are asked in which it may be, which are few: those whose definition speaks of certificates or joint signs, and those of which they have an item.
/// </summary>
internal sealed class ClaimCheck(DefinitionLibrary library, StoredShapes shapes)
{
    /// <param name="offered">Items that rows say are offered to them.</param>
    public async Task<IReadOnlySet<(InstanceId, int)>> FindRefusedAsync(WorkflowDb db, IEnumerable<WorkItemRow> offered, Actor by, CancellationToken cancel)
    {
        var refused = new HashSet<(InstanceId, int)>();
        var ids = offered.Select(row => row.InstanceId).Distinct().ToList();
        if (ids.Count == 0) return refused;
        var me = by.UserId;
        var instances = db.Instances.AsNoTracking();
        var versions = await instances.Where(row => EF.Parameter(ids).Contains(row.Id)).Select(row => new
        {
            row.Id, row.DefinitionId, row.DefinitionVersion, HasItem = db.WorkItems.Any(item => item.InstanceId == row.Id && item.OpenDue != null && item.HolderId == me),
        }).ToListAsync(cancel);
        var asked = new List<InstanceId>();
        foreach (var row in versions)
            if (row.HasItem || (await library.FindAsync(new(row.DefinitionId, row.DefinitionVersion), cancel))?.Root.Derive(root => new Conditions(root)).Exist == true) asked.Add(row.Id);
        if (asked.Count == 0) return refused;
        foreach (var row in await instances.Where(row => EF.Parameter(asked).Contains(row.Id)).Select(row => new { row.State, row.Schema }).ToListAsync(cancel))
        {
            var instance = shapes.Read<WorkflowInstance>(StoredShapes.State, row.State, row.Schema);
            refused.UnionWith(instance.WorkItems.Where(item => !WorkItemActions.MayDo(instance, item, WorkItemCommand.Claim, by)).Select(item => (instance.Id, item.Number)));
        }
        return refused;
    }

    /// <summary>Whether any activity of a definition says more than to which team its item goes.</summary>
    private sealed class Conditions(Node root)
    {
        public bool Exist { get; } = Within(root).Any(node => node.Plain("certificates") is not null || node.Plain("sign") is not null);

        private static IEnumerable<Node> Within(Node node) => node.Children.SelectMany(Within).Prepend(node);
    }
}
