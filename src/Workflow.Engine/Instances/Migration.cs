using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>
/// Moves an instance to another version of its definition. Everything that runs, waits or is counted has to have a counterpart there: the same
/// activity id, of the same type, in the same container. Otherwise the migration is refused with each reason.
/// </summary>
internal static class Migration
{
    public static ValueProblem? Apply(Burst burst, int targetVersion)
    {
        var from = burst.Definition;
        if (targetVersion == from.Id.Version) return new("/targetVersion", "another version than the instance has", $"{targetVersion}");
        if (burst.World.MigrationTarget is not { } target || target.Id != from.Id with { Version = targetVersion })
            return new("/targetVersion", $"a published version of '{from.Id.DefinitionId}'", $"{targetVersion}");
        if (burst.HasQueued) return new("", "migration as the first alteration", "one after an activity was scheduled or cancelled");
        if (target.IsTask != from.IsTask) return new("/targetVersion", from.IsTask ? "a task definition" : "a definition that is no task", target.Id.ToString());
        var missing = burst.Draft.Tokens.Select(token => Missing(from.Nodes[token.Node], target, token, burst)).OfType<string>()
            .Concat(burst.Draft.Clocks.Where(clock => clock.IsOpen && !target.Nodes.ContainsKey(clock.Node)).Select(clock => $"the clock of '{clock.Node}'")).Distinct().ToList();
        if (missing.Count > 0) return new("/targetVersion", "a version with a counterpart for everything that runs or waits", $"none for {string.Join(", ", missing)}");
        burst.Migrate(target);
        return null;
    }

    private static string? Missing(Node node, WorkflowDefinition target, Token token, Burst burst)
    {
        if (target.Nodes.TryGetValue(node.Id, out var counterpart) && counterpart.Type.Descriptor.Type == node.Type.Descriptor.Type && counterpart.Parent?.Id == node.Parent?.Id) return null;
        var what = burst.Draft.Bookmarks.Exists(bookmark => bookmark.Token == token.Id) ? "the wait of " : burst.Draft.WorkItems.Exists(item => item.Token == token.Id && item.IsOpen) ? "the work item of " : "";
        return $"{what}'{node.ActivityId}' ({node.Type.Descriptor.Type})";
    }
}
