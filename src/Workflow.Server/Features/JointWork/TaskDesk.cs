using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Features.WorkItems;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.JointWork;

/// <summary>Commands on a task as a whole, of tasks that the caller may see; another one does not exist for them.</summary>
internal sealed class TaskDesk(InstanceReader reader, CommandDesk desk, WorkItemDesk texts)
{
    public ValueProblem? CheckText(string pointer, string? text, bool isRequired = true) => texts.CheckText(pointer, text, isRequired);

    /// <param name="problems">What of the body is wrong by itself; null for nothing.</param>
    public async Task<IResult> SubmitAsync(
        string id, Ask ask, IReadOnlyList<ValueProblem?> problems, Func<DateTimeOffset, Stimulus> stimulus, Func<WorkflowInstance, Answer> answer, CancellationToken cancel)
    {
        if (problems.OfType<ValueProblem>().ToList() is { Count: > 0 } found) return ProblemResults.Invalid(found);
        if (!InstanceId.TryParse(id, out var key) || !await reader.SeesTaskAsync(key, ask.Caller, cancel)) return ProblemResults.NotFound("a task");
        return await desk.SubmitAsync(ask, key, stimulus, answer);
    }
}
