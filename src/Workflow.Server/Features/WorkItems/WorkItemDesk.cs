using Workflow.Engine.Instances;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

/// <param name="Revision">The item's revision after the command.</param>
internal sealed record WorkItemChanged(int Revision);

/// <summary>Commands on work items of tasks that the caller may see; an item of another task does not exist for them.</summary>
internal sealed class WorkItemDesk(InstanceReader reader, CommandDesk desk)
{
    /// <param name="stimulus">Made from the item's number and the time of now.</param>
    public async Task<IResult> SubmitAsync(string id, Ask ask, Func<int, DateTimeOffset, Stimulus> stimulus, CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || !await reader.SeesTaskAsync(key.Instance, ask.Caller, cancel)) return ProblemResults.NotFound("a work item");
        return await desk.SubmitAsync(ask, key.Instance, at => stimulus(key.Number, at), task => Answer.Of(
            StatusCodes.Status200OK, new WorkItemChanged(task.WorkItems.First(item => item.Number == key.Number).Revision)));
    }
}
