using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Workflow.Activities.JointWork;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Confidentiality;
using Workflow.Server.Features.Orders;
using Workflow.Server.Features.Places;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <summary>Raises a task, or has an alarm join the open task of its subject: one by one, in batches, and by CloudEvents.</summary>
internal sealed class TaskRaiser(CommandDesk desk, DefinitionLibrary library, PlaceDesk places, ConfidentialIntake confidence, TimeProvider time, IOptions<Limits> limits)
{
    /// <summary>Definitions of tasks that are made another way: by an order, which has a number, a leader and a text of its own, and by handing down.</summary>
    public static readonly IReadOnlySet<string> MadeOtherwise = new HashSet<string> { CreateOrder.DefaultDefinition, HandDown.DefaultDefinition };

    public async Task<Answer> RaiseAsync(Ask ask, RaiseTask.Body body, CancellationToken cancel)
    {
        // What is remembered under an idempotency key must not tell of a person, nor a hash of it.
        ask = ask with { Body = body with { Reporter = null } };
        if (string.IsNullOrWhiteSpace(body.Subject) || body.Subject.Length > limits.Value.SubjectLength || body.Subject.Any(char.IsControl))
            return Answer.Invalid([new("/subject", $"1 to {limits.Value.SubjectLength} characters on one line", $"{body.Subject.Length} characters")]);
        var where = new PlaceQuery(body.AreaCode, body.SubjectKey, body.Position);
        if (where.IsEmpty) return Answer.Invalid([new("/areaCode", "an areaCode, a subjectKey or a position", "nothing")]);
        if (body.Position is { } position && PlaceDesk.Check(position.Longitude, position.Latitude, "/position").ToList() is { Count: > 0 } problems) return Answer.Invalid(problems);
        var now = time.GetUtcNow();
        var due = body.DueBy is { } dueBy ? IsoTime.Parse(dueBy)?.ToUniversalTime() : null;
        // Sent again after the deadline it is the same request, and has the answer that it had.
        if (body.DueBy is not null && !(due > now && due <= now.AddDays(limits.Value.DueByDays)))
            return await desk.AnswerRefusalAsync(ask, ProblemResults.InputInvalid([new("/dueBy", $"an instant with offset such as 2026-12-01T17:00:00+08:00, to come and at most {limits.Value.DueByDays} days away", $"'{body.DueBy}'")]), cancel);
        if (confidence.Check(body).ToList() is { Count: > 0 } wrong) return Answer.Invalid(wrong);
        var (definition, refused) = await library.FindToStartAsync(body.DefinitionId, null, cancel);
        if (refused is not { Reason: Reason.DefinitionRetracted } && definition is not { IsTask: true }) refused = new(Reason.DefinitionUnknown, "a published task definition", $"'{body.DefinitionId}'");
        if (MadeOtherwise.Contains(body.DefinitionId)) refused ??= new(Reason.DefinitionUnknown, "the definition of a task that can be raised", $"'{body.DefinitionId}', which an order or a hand-down makes");
        var (found, unknown) = await places.FindAsync(where, cancel);
        if (found is { Area.Area.Kind: AreaKind.City }) unknown = new(Reason.AreaUnknown, "the code of an area within the city", $"'{found.Area.Area.Code}'");
        refused ??= unknown ?? ConfidentialIntake.Refuse(body, definition!, found!.Area.Place, ask.Caller);
        if (refused is not null) return await desk.AnswerRefusalAsync(ask, refused, cancel);

        var id = new InstanceId(Guid.CreateVersion7(now));
        var reporter = await confidence.KeepAsync(id, body.Reporter, found!.Area.Place, ask.Caller.Actor.Person, cancel);
        var intake = new TaskIntake("", body.Subject.Trim(), found.Area.Place, body.Priority)
        {
            RaisedBy = ask.Caller.Actor.Person, SubjectKey = body.SubjectKey, Origin = body.Origin, DueBy = due, Reporter = reporter, HiddenUntil = ConfidentialIntake.HiddenUntil(body),
        };
        var command = new Command(id, new Stimulus.Started(id, (body.Inputs ?? []).ToImmutableDictionary(), intake) { At = now })
        {
            Definition = definition!.Id,
            Repeats = body.SubjectKey is { } subject && RecurrenceDeclaration.Of(definition) is { } recurrence ? new(subject, now - recurrence.Window, recurrence.Do) : null,
            AlarmOf = AlarmDeclaration.Of(definition) is null ? null : body.SubjectKey,
        };
        var answer = await desk.AnswerAsync(ask, command, (_, step) => Created(step.After, id));
        // Refused, or answered before: then another task, or none, has its reporter.
        if (reporter is not null && answer.Location != LocationOf(id)) await confidence.ForgetAsync(reporter, cancel);
        return answer;
    }

    /// <summary>Side by side, so that they share transactions; alarms of one subject one after another, as they came.</summary>
    public async Task<RaiseAnswers> RaiseAllAsync(IReadOnlyList<(Ask Ask, RaiseTask.Body Body)> asks, CancellationToken cancel)
    {
        var answers = new RaiseAnswer[asks.Count];
        var side = new ParallelOptions { MaxDegreeOfParallelism = limits.Value.BatchParallelism, CancellationToken = cancel };
        var subjects = asks.Index().GroupBy(one => (object)one.Item.Body.SubjectKey! ?? one.Index);
        await Parallel.ForEachAsync(subjects, side, async (subject, stop) =>
        {
            foreach (var (index, one) in subject) answers[index] = RaiseAnswer.Of(await RaiseAsync(one.Ask, one.Body, stop));
        });
        return new(answers);
    }

    /// <summary>An alarm that joined is answered with the task that it joined, and with 200 instead of 201.</summary>
    private static Answer Created(WorkflowInstance task, InstanceId asked) => Answer.Of(
        task.Id == asked ? StatusCodes.Status201Created : StatusCodes.Status200OK,
        new TaskCreated(task.Id.ToString(), task.Task!.Number, task.Revision) { Alarms = task.Task.Alarms?.Count, RepeatOf = task.Task.Earlier?.Number }, LocationOf(task.Id));

    private static string LocationOf(InstanceId task) => $"/api/v1/tasks/{task}";
}
