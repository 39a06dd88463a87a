using System.Collections.Immutable;
using Workflow.Engine.Definitions;

namespace Workflow.Engine.Instances;

/// <summary>Applies alterations to an instance, in order, all of them or none.</summary>
internal static class AlterationDesk
{
    public static Rejection? Apply(Burst burst, Stimulus.Altered altered)
    {
        foreach (var (index, alteration) in altered.Alterations.Index())
            if (Apply(burst, alteration) is { } problem)
                return new(Reason.AlterationRefused, "alterations that fit this instance", "one that does not", [problem with { Pointer = $"/alterations/{index}{problem.Pointer}" }]);
        return null;
    }

    private static ValueProblem? Apply(Burst burst, Alteration alteration) => alteration switch
    {
        Alteration.ModifyVariable modify => Modify(burst, modify),
        Alteration.ScheduleActivity schedule => Schedule(burst, schedule),
        Alteration.CancelActivity cancel => Cancel(burst, cancel),
        Alteration.Migrate migrate => Migration.Apply(burst, migrate.TargetVersion),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static ValueProblem? Modify(Burst burst, Alteration.ModifyVariable modify)
    {
        if (!modify.Value.IsWellFormed()) return new("/value", "Unicode text", "half of a surrogate pair");
        var owner = burst.Draft.Tokens.FirstOrDefault(token => Declares(burst.NodeOf(token.Id).Variables, modify.VariableId));
        if (owner is null && !Declares(burst.Definition.Variables, modify.VariableId)) return new("/variableId", "a variable of the workflow or of a container that runs", $"'{modify.VariableId}'");
        try
        {
            burst.Values.Set(owner?.Id, modify.VariableId, modify.Value);
            return null;
        }
        catch (ActivityFaultException problem)
        {
            return new("/value", "a value of the variable's type", problem.Message);
        }
    }

    private static ValueProblem? Schedule(Burst burst, Alteration.ScheduleActivity schedule)
    {
        if (Refuse(burst, schedule.ActivityId, out var node) is { } problem) return problem;
        var container = burst.Draft.Tokens.FindLast(token => token.Node == node.Parent?.Id && !token.IsFaulted);
        if (container is null) return new("/activityId", "an activity whose container runs", $"'{schedule.ActivityId}' in '{node.Parent?.ActivityId}', which does not run");
        burst.Schedule(node, container.Id);
        return null;
    }

    private static ValueProblem? Cancel(Burst burst, Alteration.CancelActivity cancel)
    {
        if (Refuse(burst, cancel.ActivityId, out var node) is { } problem) return problem;
        var running = burst.Draft.Tokens.Where(token => token.Node == node.Id).Select(token => token.Id).ToList();
        if (running.Count == 0) return new("/activityId", "an activity that runs", $"'{cancel.ActivityId}', which does not");
        foreach (var token in running) burst.GiveUp(token);
        return null;
    }

    private static ValueProblem? Refuse(Burst burst, string activityId, out Node node)
    {
        node = (burst.Definition.Nodes.GetValueOrDefault(activityId) ?? burst.Definition.Nodes.Values.FirstOrDefault(candidate => candidate.ActivityId == activityId))!;
        if (node is null) return new("/activityId", "an activity of the definition", $"'{activityId}'");
        return burst.Definition.IsTask && ((Activity)node.Type).IsStructural ? new("/activityId", "an activity inside a stage", $"'{activityId}', a part of the loop itself") : null;
    }

    private static bool Declares(ImmutableArray<Variable> variables, string idOrName) =>
        variables.Any(variable => variable.Id == idOrName || variable.Name == idOrName);
}
