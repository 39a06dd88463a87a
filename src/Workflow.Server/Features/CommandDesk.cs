using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features;

/// <summary>A command as HTTP brings it: who, under which key, with which body.</summary>
/// <param name="Key">What keeps it from being done twice; null when the header <c>Idempotency-Key</c> says it, or nothing.</param>
internal sealed record Ask(HttpRequest Request, Caller Caller, object Body, string? Key = null);

/// <summary>What is sent back, and remembered under the idempotency key.</summary>
/// <param name="ETag">Of what the body describes, without quotes.</param>
internal sealed record Answer(int Status, JsonElement Body, string? Location = null, string? ETag = null)
{
    public static Answer Of<T>(int status, T body, string? location = null, string? etag = null) => new(status, JsonSerializer.SerializeToElement(body, InstanceJson.Options), location, etag);

    public static Answer Of(Rejection why) => Of(ProblemResults.Of(why));

    public static Answer Invalid(params IReadOnlyList<ValueProblem> problems) => Of(ProblemResults.InputInvalid(problems));

    public static Answer Of(Problem problem) => Of<Problem>(problem.Status, problem);

    /// <summary>A refusal that the same request may not meet in a while, so it is not remembered.</summary>
    public bool IsPassing => Status is StatusCodes.Status429TooManyRequests or >= StatusCodes.Status500InternalServerError;

    public IResult ToResult() => new AnswerResult(this);

    private sealed class AnswerResult(Answer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            if (answer.Location is { } location) response.Headers.Location = location;
            if (answer.ETag is { } etag) response.Headers.ETag = $"\"{etag}\"";
            if (answer.Status == StatusCodes.Status204NoContent) return Task.CompletedTask;
            if (answer.Status == StatusCodes.Status503ServiceUnavailable) response.Headers.RetryAfter = "1";
            return response.WriteAsJsonAsync(answer.Body, InstanceJson.Options, answer.Status < 400 ? "application/json" : ProblemResults.ContentType, httpContext.RequestAborted);
        }
    }
}

/// <summary>Hands commands of callers to the engine and turns what came of them into an answer.</summary>
internal sealed class CommandDesk(
    CommitQueue queue, Answers answers, StoredShapes shapes, TimeProvider time, IOptions<Limits> limits, IOptions<BrokenOptions> broken)
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>Tries of a write that meets others; each loser finds what the winner has left and is told so.</summary>
    private const int MaxAttempts = 5;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="stimulus">Made with the time of now and the caller already set.</param>
    /// <param name="answer">What to say when it was applied.</param>
    public Task<IResult> SubmitAsync(
        Ask ask, InstanceId instance, Func<DateTimeOffset, Stimulus> stimulus, Func<WorkflowInstance, Answer> answer, DefinitionVersion? start = null) =>
        SubmitAsync(ask, instance, stimulus, (_, step) => answer(step.After), start);

    /// <param name="answer">What to say, given the instance before and what was recorded.</param>
    public async Task<IResult> SubmitAsync(
        Ask ask, InstanceId instance, Func<DateTimeOffset, Stimulus> stimulus, Func<WorkflowInstance, Step.Advanced, Answer> answer, DefinitionVersion? start = null) =>
        (await AnswerAsync(ask, new(instance, stimulus(time.GetUtcNow())) { Definition = start }, answer)).ToResult();

    /// <param name="command">What is asked, without who asks and under which key.</param>
    /// <param name="answer">What to say, given the instance before and what was recorded.</param>
    public async Task<Answer> AnswerAsync(Ask ask, Command command, Func<WorkflowInstance, Step.Advanced, Answer> answer)
    {
        var traceId = ProblemResults.TraceId;
        Answer Describe(CommandResult.Applied applied) => applied.Step switch
        {
            Step.Advanced advanced => answer(applied.Before!, advanced),
            Step.Rejected rejected => Answer.Of(ProblemResults.Of(rejected.Why, traceId)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var (key, problem) = KeyOf(ask);
        if (problem is not null) return problem;
        if (Precondition.ReadRevision(ask.Request, out var expected) is { } unreadable) return Answer.Of(unreadable);
        var result = await queue.SubmitAsync(command with
        {
            Stimulus = command.Stimulus with { By = ask.Caller.Actor },
            Expected = expected,
            Key = key,
            Answer = applied => InstanceJson.Write(Describe(applied)),
        });
        return result switch
        {
            CommandResult.Remembered remembered => ReadAnswer(remembered.Answer, remembered.Schema),
            CommandResult.Applied applied => Describe(applied),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// Refuses what rules in front of the engine do not allow, unless the same was asked and answered before: what was true then may have changed.
    /// </summary>
    public async Task<IResult> RefuseAsync(Ask ask, Rejection why, CancellationToken cancel) => (await AnswerRefusalAsync(ask, why, cancel)).ToResult();

    /// <summary>See <see cref="RefuseAsync"/>.</summary>
    public async Task<Answer> AnswerRefusalAsync(Ask ask, Rejection why, CancellationToken cancel)
    {
        var (key, problem) = KeyOf(ask);
        return problem ?? (key is null ? null : await RememberedAsync(key, cancel)) ?? Answer.Of(why);
    }

    /// <summary>Does what is no command to one instance, and can be done again under the same id: its answer is remembered after it was done.</summary>
    /// <param name="act">Gets an id that is the same for the same key of the same caller.</param>
    public async Task<IResult> RunAsync(Ask ask, Func<Guid, Task<Answer>> act, CancellationToken cancel)
    {
        var (key, problem) = KeyOf(ask);
        if (problem is not null) return problem.ToResult();
        if (key is null) return (await act(Guid.CreateVersion7(time.GetUtcNow()))).ToResult();
        if (await RememberedAsync(key, cancel) is { } known) return known.ToResult();
        var id = new Guid(key.Hash.AsSpan(0, 16));
        var answer = await act(id);
        if (!answer.IsPassing) await answers.RememberAsync(key, InstanceJson.Write(answer), time.GetUtcNow(), cancel);
        return answer.ToResult();
    }

    /// <summary>Changes rows that are no instance's, and remembers the answer, in one transaction.</summary>
    /// <param name="act">
    /// Reads and changes through the context, which is saved afterwards unless the answer is a refusal. It is called again when somebody else was
    /// faster.
    /// </param>
    public async Task<IResult> WriteAsync(Ask ask, Func<WorkflowDb, DateTimeOffset, Task<Answer>> act, CancellationToken cancel)
    {
        var (key, problem) = KeyOf(ask);
        if (problem is not null) return problem.ToResult();
        for (var attempt = 1; ; attempt++)
        {
            if (key is not null && await RememberedAsync(key, cancel) is { } known) return known.ToResult();
            var now = time.GetUtcNow();
            Answer? passing = null;
            try
            {
                var written = await answers.CommitAsync(key, async db =>
                {
                    var answer = await act(db, now);
                    passing = answer.IsPassing ? answer : null;
                    if (passing is not null) return null;
                    if (answer.Status < StatusCodes.Status400BadRequest) await db.SaveChangesAsync(cancel);
                    return InstanceJson.Write(answer);
                }, now, cancel);
                if (passing is not null) return passing.ToResult();
                // Without an answer another request with this key was first, and its answer is remembered by now.
                if (written is not null) return InstanceJson.Read<Answer>(written).ToResult();
            }
            catch (DbUpdateException) when (attempt < MaxAttempts)
            {
                // A row was changed, or is there now: what is true now is read again.
            }
        }
    }

    private async Task<Answer?> RememberedAsync(IdempotencyKey key, CancellationToken cancel)
    {
        if (await answers.FindAsync(key, cancel) is not { } known) return null;
        return key.Refuse(known.BodyHash) is { } reused ? Answer.Of(reused) : ReadAnswer(known.Answer, known.Schema);
    }

    private Answer ReadAnswer(string stored, int schema) => InstanceJson.Read<Answer>(shapes.Read(StoredShapes.Answer, stored, schema));

    private (IdempotencyKey? Key, Answer? Problem) KeyOf(Ask ask)
    {
        var text = ask.Key ?? ask.Request.Headers[KeyHeader].ToString();
        if (text.Length == 0 || broken.Value.NoKey) return (null, null);
        if (text.Length > limits.Value.IdempotencyKeyLength)
            return (null, Answer.Invalid([new($"/headers/{KeyHeader}", $"at most {limits.Value.IdempotencyKeyLength} characters", $"{text.Length}")]));
        var hash = IdempotencyKey.HashOf(JsonSerializer.Serialize(ask.Body, InstanceJson.Options), ask.Request.Headers.IfMatch.ToString());
        return (new(ask.Caller.Actor.UserId, $"{ask.Request.Method} {ask.Request.Path}", text, hash), null);
    }
}
