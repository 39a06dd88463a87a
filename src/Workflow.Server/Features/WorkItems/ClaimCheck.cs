using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Activities.ClosedLoop;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Features.WorkItems;

/// <summary>
/// Work items that are offered to somebody who may not claim them all the same: for want of a certificate, or because they sign another part. Rows do not say
/// so. The state is read of the tasks alone in which it may be: where the definition asks for a certificate that they do not hold, where the stage has a joint sign, and where they have an item.
/// </summary>
internal sealed class ClaimCheck(DefinitionLibrary library, StoredShapes shapes)
{
    /// <param name="offered">Items that rows say are offered to them.</param>
    public async Task<IReadOnlySet<(InstanceId, int)>> FindRefusedAsync(WorkflowDb db, IEnumerable<WorkItemRow> offered, Actor by, CancellationToken cancel)
    {
        var refused = new HashSet<(InstanceId, int)>();
        var rows = offered.ToLookup(row => row.InstanceId, row => row.Stage);
        if (rows.Count == 0) return refused;
        var ids = rows.Select(of => of.Key).ToList();
        var me = by.UserId;
        var instances = db.Instances.AsNoTracking();
        var versions = await instances.Where(row => EF.Parameter(ids).Contains(row.Id)).Select(row => new
        {
            row.Id, row.DefinitionId, row.DefinitionVersion, HasItem = db.WorkItems.Any(item => item.InstanceId == row.Id && item.OpenDue != null && item.HolderId == me),
        }).ToListAsync(cancel);
        var asked = new List<InstanceId>();
        foreach (var row in versions)
            if (row.HasItem || (await library.FindAsync(new(row.DefinitionId, row.DefinitionVersion), cancel))?.Root.Derive(Conditions.Of) is { } conditions && conditions.Concern(by, rows[row.Id])) asked.Add(row.Id);
        if (asked.Count == 0) return refused;
        foreach (var row in await instances.Where(row => EF.Parameter(asked).Contains(row.Id)).Select(row => new { row.State, row.Schema }).ToListAsync(cancel))
        {
            var instance = shapes.Read<WorkflowInstance>(StoredShapes.State, row.State, row.Schema);
            refused.UnionWith(instance.WorkItems.Where(item => !WorkItemActions.MayDo(instance, item, WorkItemCommand.Claim, by)).Select(item => (instance.Id, item.Number)));
        }
        return refused;
    }

    /// <param name="Certificates">Kinds that activities ask for; null among them for one that is computed.</param>
    /// <param name="Signed">The stages with a joint sign.</param>
    private sealed record Conditions(IReadOnlySet<string?> Certificates, IReadOnlySet<StageName?> Signed)
    {
        public static Conditions Of(Node root)
        {
            var nodes = Within(root, null).ToList();
            return new(
                nodes.SelectMany(found => found.Node.Plain("certificates") is not { } kinds ? [] : kinds.ValueKind == JsonValueKind.Array ? kinds.EnumerateArray().Select(kind => kind.GetString()) : [null]).ToHashSet(),
                nodes.Where(found => found.Node.Plain("sign") is not null).Select(found => found.Stage).ToHashSet());
        }

        public bool Concern(Actor by, IEnumerable<StageName?> stages) => Certificates.Any(kind => kind is null || by.Certificates?.Contains(kind) != true) || stages.Any(Signed.Contains);

        private static IEnumerable<(Node Node, StageName? Stage)> Within(Node node, StageName? stage) =>
            node.Children.SelectMany(child => Within(child, child.Type is Stage ? ClosedLoop.StageOf(child) : stage)).Prepend((node, stage));
    }
}
