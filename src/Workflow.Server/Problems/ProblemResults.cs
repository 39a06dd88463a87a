using System.Security.Claims;
using System.Text;
using System.Text.Json.Serialization;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Access;

namespace Workflow.Server.Problems;

/// <summary>One thing wrong with a request. <see cref="Pointer"/> is a JSON pointer into its body.</summary>
internal sealed record ProblemError(string Pointer, string Expected, string Found);

/// <summary>RFC 9457 with what this API adds: <c>reason</c> for programs, <c>errors</c> for forms, <c>rule</c> for the row of a table that refused.</summary>
/// <param name="Total">How many errors there are, where only the first of them are listed.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string? Detail, string Reason, string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProblemError>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Total = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rule = null);

/// <summary>The one table from <see cref="Reason"/> to what a caller sees.</summary>
internal static class ProblemResults
{
    public const string ContentType = "application/problem+json";

    private static readonly Dictionary<Reason, (int Status, string Title)> Table = new()
    {
        [Reason.AlarmBelowLimit] = (StatusCodes.Status422UnprocessableEntity, "The value is below the limit that raises a task"),
        [Reason.AlreadyClaimed] = (StatusCodes.Status409Conflict, "Somebody else has claimed it"),
        [Reason.AlreadyDecided] = (StatusCodes.Status409Conflict, "The incident is decided already"),
        [Reason.AlreadyDone] = (StatusCodes.Status409Conflict, "It is over already"),
        [Reason.AlreadyStarted] = (StatusCodes.Status409Conflict, "The instance is there already"),
        [Reason.AlterationRefused] = (StatusCodes.Status422UnprocessableEntity, "The instance cannot be altered so"),
        [Reason.AvoidanceRequired] = (StatusCodes.Status403Forbidden, "You or your team handled it"),
        [Reason.ChangeNotLegal] = (StatusCodes.Status409Conflict, "Not as it stands now"),
        [Reason.NextStepClaimed] = (StatusCodes.Status409Conflict, "Somebody has begun with what follows"),
        [Reason.PersonUnknown] = (StatusCodes.Status422UnprocessableEntity, "No such person"),
        [Reason.RulingFinal] = (StatusCodes.Status409Conflict, "The arbiter has ruled"),
        [Reason.StepUnknown] = (StatusCodes.Status422UnprocessableEntity, "No way back to there"),
        [Reason.TeamUnknown] = (StatusCodes.Status422UnprocessableEntity, "No such team for this"),
        [Reason.AreaUnknown] = (StatusCodes.Status422UnprocessableEntity, "No such area"),
        [Reason.CalendarUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.ClockChangeUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.ClaimLost] = (StatusCodes.Status409Conflict, "Somebody else has taken this over"),
        [Reason.DeadLetterUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.DefinitionInvalid] = (StatusCodes.Status422UnprocessableEntity, "The definition has errors"),
        [Reason.DefinitionRetracted] = (StatusCodes.Status422UnprocessableEntity, "The definition takes no new starts"),
        [Reason.DefinitionUnknown] = (StatusCodes.Status422UnprocessableEntity, "No such published definition"),
        [Reason.DiskLow] = (StatusCodes.Status503ServiceUnavailable, "Not enough room on the disk"),
        [Reason.DraftUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.EvaluationIncomplete] = (StatusCodes.Status422UnprocessableEntity, "The post-evaluation is not complete"),
        [Reason.FeedbackMissing] = (StatusCodes.Status409Conflict, "Others have to answer first"),
        [Reason.EvidenceMissing] = (StatusCodes.Status422UnprocessableEntity, "Evidence is missing"),
        [Reason.EventNotAwaited] = (StatusCodes.Status409Conflict, "Nothing waits for this event"),
        [Reason.FileTooLarge] = (StatusCodes.Status413PayloadTooLarge, "The file is too large"),
        [Reason.FileTypeRefused] = (StatusCodes.Status415UnsupportedMediaType, "This type of file is not accepted"),
        [Reason.IdempotencyKeyReused] = (StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key came with another request before"),
        [Reason.IncidentUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.InputInvalid] = (StatusCodes.Status422UnprocessableEntity, "The request does not fit"),
        [Reason.InstanceFaulted] = (StatusCodes.Status409Conflict, "The instance is stopped by an incident"),
        [Reason.InstanceFinished] = (StatusCodes.Status409Conflict, "The instance has ended"),
        [Reason.InstanceUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.NotAllowed] = (StatusCodes.Status403Forbidden, "Not allowed"),
        [Reason.NotCandidate] = (StatusCodes.Status403Forbidden, "Not offered to you"),
        [Reason.NotificationUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.NotClaimant] = (StatusCodes.Status403Forbidden, "Not claimed by you"),
        [Reason.OutcomeUnknown] = (StatusCodes.Status422UnprocessableEntity, "No such outcome"),
        [Reason.Overloaded] = (StatusCodes.Status503ServiceUnavailable, "Too busy, try again"),
        [Reason.PlaceUnknown] = (StatusCodes.Status422UnprocessableEntity, "No area is known there"),
        [Reason.PreconditionFailed] = (StatusCodes.Status412PreconditionFailed, "Changed meanwhile"),
        [Reason.PreconditionRequired] = (StatusCodes.Status428PreconditionRequired, "Say what you have seen"),
        [Reason.RevisionStale] = (StatusCodes.Status409Conflict, "Changed meanwhile"),
        [Reason.SignInRequired] = (StatusCodes.Status401Unauthorized, "Sign in first"),
        [Reason.StoredByNewerVersion] = (StatusCodes.Status503ServiceUnavailable, "A newer version of the server has written this"),
        [Reason.SubjectUnknown] = (StatusCodes.Status422UnprocessableEntity, "No such subject"),
        [Reason.TaskClosed] = (StatusCodes.Status409Conflict, "The task is closed"),
        [Reason.TimerStale] = (StatusCodes.Status409Conflict, "Nothing is due"),
        [Reason.ValuesInvalid] = (StatusCodes.Status422UnprocessableEntity, "The form is not filled in correctly"),
        [Reason.VersionUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.WaitUnknown] = (StatusCodes.Status409Conflict, "Nothing waits for this"),
        [Reason.WorkItemUnknown] = (StatusCodes.Status404NotFound, "Not found"),
        [Reason.WrongCredentials] = (StatusCodes.Status401Unauthorized, "User name or password is wrong"),
    };

    public static IEnumerable<Reason> Covered => Table.Keys;

    /// <param name="traceId">Of the request, where another thread asks.</param>
    public static Problem Of(Rejection why, string? traceId = null)
    {
        var (status, title) = Table[why.Reason];
        return Build(status, title, KebabCase(why.Reason.ToString()), $"Expected {why.Expected}, found {why.Found}.", why.Problems, traceId) with { Rule = why.Rule };
    }

    public static string TraceId => System.Diagnostics.Activity.Current?.TraceId.ToString() ?? "";

    public static IResult ToResult(this Rejection why) => Of(why).ToResult();

    public static IResult ToResult(this Problem problem) => new ProblemResult(problem);

    public static IResult SignInRequired() => new Rejection(Reason.SignInRequired, "a session", "none").ToResult();

    /// <param name="permission">That the route asks for, or what was asked of it.</param>
    public static IResult NotAllowed(HttpContext context, string? permission = null)
    {
        permission ??= context.GetEndpoint()?.Metadata.GetMetadata<RoutePermission>()?.Name;
        var roles = context.User.FindAll(ClaimTypes.Role).Select(role => role.Value).Order(StringComparer.Ordinal).ToList();
        return new Rejection(
            Reason.NotAllowed, permission is null ? "a caller who may" : $"the permission {permission} (role {string.Join(" or ", Permission.RolesWith(permission))})",
            roles.Count == 0 ? "a caller without a role" : $"the role {string.Join(", ", roles)}").ToResult();
    }

    public static IResult Invalid(params IReadOnlyList<ValueProblem> problems) => InputInvalid(problems).ToResult();

    public static Rejection InputInvalid(IReadOnlyList<ValueProblem> problems) => new(Reason.InputInvalid, "a request as the API describes it", "what 'errors' says", problems);

    /// <summary>Of more mistakes than can be listed.</summary>
    /// <param name="first">The first of them.</param>
    public static IResult Invalid(IReadOnlyList<ValueProblem> first, int total) => RowsInvalid(first, total).ToResult();

    /// <summary>See <see cref="Invalid(IReadOnlyList{ValueProblem}, int)"/>.</summary>
    public static Problem RowsInvalid(IReadOnlyList<ValueProblem> first, int total) =>
        Of(new(Reason.InputInvalid, "rows as the API describes them", $"{total} mistakes; 'errors' names {(first.Count < total ? $"the first {first.Count}" : "them")}", first)) with { Total = total };

    public static IResult NotFound(string what, Reason reason = Reason.InstanceUnknown) => new Rejection(reason, $"{what} that exists and that you may see", "none").ToResult();

    /// <summary>A status without a reason of ours: bad routes, broken JSON, our own bugs.</summary>
    public static IResult Plain(int status, string title, string? detail = null) =>
        Build(status, title, status == StatusCodes.Status500InternalServerError ? "internal" : title.ToLowerInvariant().Replace(' ', '-'), detail, null).ToResult();

    private static Problem Build(int status, string title, string reason, string? detail, IReadOnlyList<ValueProblem>? problems, string? traceId = null) =>
        new($"urn:workflow:problem:{reason}", title, status, detail, reason, traceId ?? TraceId,
            problems is null ? null : [.. problems.Select(problem => new ProblemError(problem.Pointer, problem.Expected, problem.Found))]);

    private static string KebabCase(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    private sealed class ProblemResult(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = problem.Status;
            if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests) httpContext.Response.Headers.RetryAfter = "1";
            return httpContext.Response.WriteAsJsonAsync(problem, InstanceJson.Options, ContentType, httpContext.RequestAborted);
        }
    }
}
