using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features;

/// <summary>A command as HTTP brings it: who, under which key, with which body.</summary>
internal sealed record Ask(HttpRequest Request, Caller Caller, object Body);

/// <summary>What is sent back, and remembered under the idempotency key.</summary>
internal sealed record Answer(int Status, JsonElement Body, string? Location = null)
{
    public static Answer Of<T>(int status, T body, string? location = null) => new(status, JsonSerializer.SerializeToElement(body, InstanceJson.Options), location);

    public static Answer Of(Problem problem) => Of<Problem>(problem.Status, problem);

    public IResult ToResult() => new AnswerResult(this);

    private sealed class AnswerResult(Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            if (answer.Location is { } location) response.Headers.Location = location;
            if (answer.Status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
            return response.WriteAsJsonAsync(answer.Body, InstanceJson.Options, answer.Status < 400 ? "application/json" : ProblemResults.ContentType, httpContext.RequestAborted);
        }
    }
}

/// <summary>Hands commands of callers to the engine and turns what came of them into an answer.</summary>
internal sealed class CommandDesk(CommitQueue queue, TimeProvider time, IOptions<Limits> limits)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <param name="stimulus">Made with the time of now and the caller already set.</param>
    /// <param name="answer">What to say when it was applied.</param>
    public async Task<IResult> SubmitAsync(
        Ask ask, InstanceId instance, Func<DateTimeOffset, Stimulus> stimulus, Func<WorkflowInstance, Answer> answer, DefinitionVersion? start = null)
    {
        var traceId = ProblemResults.TraceId;
        Answer Describe(Step step) => step switch
        {
            Step.Advanced advanced => answer(advanced.After),
            Step.Rejected rejected => Answer.Of(ProblemResults.Of(rejected.Why, traceId)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var (key, problem) = KeyOf(ask);
        if (problem is not null) return problem;
        var result = await queue.SubmitAsync(new(instance, stimulus(time.GetUtcNow()) with { By = ask.Caller.Actor })
        {
            Definition = start,
            Key = key,
            Answer = step => InstanceJson.Write(Describe(step)),
        });
        return result switch
        {
            CommandResult.Remembered remembered => InstanceJson.Read<Answer>(remembered.Answer).ToResult(),
            CommandResult.Applied applied => Describe(applied.Step).ToResult(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private (IdempotencyKey? Key, IResult? Problem) KeyOf(Ask ask)
    {
        var text = ask.Request.Headers[KeyHeader].ToString();
        if (text.Length == 0) return (null, null);
        if (text.Length > limits.Value.IdempotencyKeyLength)
            return (null, ProblemResults.Invalid([new($"/headers/{KeyHeader}", $"at most {limits.Value.IdempotencyKeyLength} characters", $"{text.Length}")]));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(ask.Body, InstanceJson.Options))));
        return (new(ask.Caller.Actor.UserId, $"{ask.Request.Method} {ask.Request.Path}", text, hash), null);
    }
}
