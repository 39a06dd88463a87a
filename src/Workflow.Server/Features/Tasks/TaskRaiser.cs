using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Tasks;

/// <summary>Raises a task, or has an alarm join the open task of its subject: one by one, in batches, and by CloudEvents.</summary>
internal sealed class TaskRaiser(CommandDesk desk, DefinitionLibrary library, IDbContextFactory<WorkflowDb> databases, TimeProvider time, IOptions<Limits> limits)
{
    public async Task<Answer> RaiseAsync(Ask ask, RaiseTask.Body body, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(body.Subject) || body.Subject.Length > limits.Value.SubjectLength || body.Subject.Any(char.IsControl))
            return Answer.Invalid([new("/subject", $"1 to {limits.Value.SubjectLength} characters on one line", $"{body.Subject.Length} characters")]);
        var (definition, refused) = await library.FindToStartAsync(body.DefinitionId, null, cancel);
        if (refused is not { Reason: Reason.DefinitionRetracted } && definition is not { IsTask: true }) refused = new(Reason.DefinitionUnknown, "a published task definition", $"'{body.DefinitionId}'");
        var place = await FindPlaceAsync(body.AreaCode, cancel);
        if (place is null) refused ??= new(Reason.AreaUnknown, "the code of an area", $"'{body.AreaCode}'");
        if (refused is not null) return await desk.AnswerRefusalAsync(ask, refused, cancel);

        var now = time.GetUtcNow();
        var id = new InstanceId(Guid.CreateVersion7(now));
        var intake = new TaskIntake("", body.Subject.Trim(), place!, body.Priority) { RaisedBy = ask.Caller.Actor.Person, SubjectKey = body.SubjectKey };
        var command = new Command(id, new Stimulus.Started(id, (body.Inputs ?? []).ToImmutableDictionary(), intake) { At = now })
        {
            Definition = definition!.Id,
            AlarmOf = AlarmDeclaration.Of(definition) is null ? null : body.SubjectKey,
        };
        return await desk.AnswerAsync(ask, command, (_, step) => Created(step.After, id));
    }

    /// <summary>Side by side, so that they share transactions.</summary>
    public async Task<RaiseAnswers> RaiseAllAsync(IReadOnlyList<(Ask Ask, RaiseTask.Body Body)> asks, CancellationToken cancel)
    {
        var answers = new RaiseAnswer[asks.Count];
        var side = new ParallelOptions { MaxDegreeOfParallelism = limits.Value.BatchParallelism, CancellationToken = cancel };
        await Parallel.ForEachAsync(asks.Index(), side, async (one, stop) => answers[one.Index] = RaiseAnswer.Of(await RaiseAsync(one.Item.Ask, one.Item.Body, stop)));
        return new(answers);
    }

    /// <summary>An alarm that joined is answered with the task that it joined, and with 200 instead of 201.</summary>
    private static Answer Created(WorkflowInstance task, InstanceId asked) => Answer.Of(
        task.Id == asked ? StatusCodes.Status201Created : StatusCodes.Status200OK,
        new TaskCreated(task.Id.ToString(), task.Task!.Number, task.Revision) { Alarms = task.Task.Alarms?.Count }, $"/api/v1/tasks/{task.Id}");

    private async Task<Place?> FindPlaceAsync(string code, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Areas.AsNoTracking().Where(area => area.Code == code && area.Kind != AreaKind.City)
            .Select(area => new Place(area.Code, area.Name, area.Path, area.JurisdictionName)).FirstOrDefaultAsync(cancel);
    }
}
