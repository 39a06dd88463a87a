using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <summary>Commands on instances that the caller may see.</summary>
internal sealed class InstanceDesk(InstanceReader reader, CommandDesk desk, IOptions<Limits> limits)
{
    public Task<IResult> SubmitAsync(string id, Ask ask, Func<DateTimeOffset, Stimulus> stimulus, CancellationToken cancel) =>
        SubmitAsync(id, ask, stimulus, (_, step) => InstanceChanged.Answer(step.After), cancel);

    /// <param name="answer">What to say, given the instance before and what was recorded.</param>
    public async Task<IResult> SubmitAsync(
        string id, Ask ask, Func<DateTimeOffset, Stimulus> stimulus, Func<WorkflowInstance, Step.Advanced, Answer> answer, CancellationToken cancel) =>
        InstanceId.TryParse(id, out var key) && await reader.SeesAsync(key, ask.Caller, cancel)
            ? await desk.SubmitAsync(ask, key, stimulus, answer)
            : ProblemResults.NotFound("an instance");

    /// <summary>A reason is part of the record: it has to say something, on one line.</summary>
    public ValueProblem? Refuse(string? reason, bool isRequired)
    {
        if (reason is null && !isRequired) return null;
        if (!string.IsNullOrWhiteSpace(reason) && reason.Length <= limits.Value.SubjectLength && !reason.Any(char.IsControl)) return null;
        return new("/reason", $"a reason: 1 to {limits.Value.SubjectLength} characters on one line", reason switch
        {
            null => "nothing",
            _ when string.IsNullOrWhiteSpace(reason) => "a blank one",
            _ when reason.Length > limits.Value.SubjectLength => $"{reason.Length} characters",
            _ => "a control character or a line break",
        });
    }
}
