using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

/// <param name="Revision">The item's revision after the command.</param>
internal sealed record WorkItemChanged(int Revision);

/// <summary>Commands on work items of tasks that the caller may see; an item of another task does not exist for them.</summary>
internal sealed class WorkItemDesk(InstanceReader reader, CommandDesk desk, TimeProvider time, IOptions<Limits> limits)
{
    /// <summary>What people write is kept for ever: it says something, and not without end.</summary>
    public ValueProblem? CheckText(string pointer, string? text, bool isRequired = true)
    {
        if (text is null && !isRequired) return null;
        if (!string.IsNullOrWhiteSpace(text) && text.Length <= limits.Value.TextLength && !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))) return null;
        return new(pointer, $"a text of 1 to {limits.Value.TextLength} characters", text switch
        {
            null => "nothing",
            _ when string.IsNullOrWhiteSpace(text) => "a blank one",
            _ when text.Length > limits.Value.TextLength => $"{text.Length} characters",
            _ => "a control character",
        });
    }

    /// <summary>As <see cref="SubmitAsync(string, Ask, Func{int, DateTimeOffset, Stimulus}, CancellationToken)"/>, unless something of the body is wrong by itself.</summary>
    public Task<IResult> SubmitAsync(string id, Ask ask, ReadOnlySpan<ValueProblem?> problems, Func<int, DateTimeOffset, Stimulus> stimulus, CancellationToken cancel)
    {
        List<ValueProblem> found = [];
        foreach (var problem in problems)
            if (problem is not null) found.Add(problem);
        return found.Count > 0 ? Task.FromResult(ProblemResults.Invalid(found)) : SubmitAsync(id, ask, stimulus, cancel);
    }

    /// <param name="stimulus">Made from the item's number and the time of now.</param>
    public async Task<IResult> SubmitAsync(string id, Ask ask, Func<int, DateTimeOffset, Stimulus> stimulus, CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || !await reader.SeesTaskAsync(key.Instance, ask.Caller, cancel)) return ProblemResults.NotFound("a work item", Reason.WorkItemUnknown);
        return await desk.SubmitAsync(ask, key.Instance, at => stimulus(key.Number, at), task => Answer.Of(
            StatusCodes.Status200OK, new WorkItemChanged(task.WorkItems.First(item => item.Number == key.Number).Revision)));
    }

    /// <summary>One of several commands of a request: what its answer would be, if it came alone.</summary>
    public async Task<Answer> AnswerAsync(string id, Ask ask, Func<int, DateTimeOffset, Stimulus> stimulus, CancellationToken cancel)
    {
        if (!WorkItemId.TryParse(id, out var key) || !await reader.SeesTaskAsync(key.Instance, ask.Caller, cancel))
            return await desk.AnswerRefusalAsync(ask, new(Reason.WorkItemUnknown, "the id of a work item", $"'{id}'"), cancel);
        return await desk.AnswerAsync(ask, new(key.Instance, stimulus(key.Number, time.GetUtcNow())), (_, step) => Answer.Of(
            StatusCodes.Status200OK, new WorkItemChanged(step.After.WorkItems.First(item => item.Number == key.Number).Revision)));
    }
}
