using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Features;
using Workflow.Server.Features.Tasks;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Confidentiality;

/// <summary>What of an intake not everybody may know: who reported it, and from whom it is hidden. Its messages repeat nothing of a reporter.</summary>
internal sealed class ConfidentialIntake(ReporterVault vault, TimeProvider time, IOptions<Limits> limits)
{
    public IEnumerable<ValueProblem> Check(RaiseTask.Body body)
    {
        var now = time.GetUtcNow();
        if (body.HiddenUntil is { } hidden && !(HiddenUntil(body) is { } until && until > now && until <= now.AddDays(limits.Value.HiddenDays)))
            yield return new("/hiddenUntil", $"an instant with offset such as 2026-12-01T17:00:00+08:00, to come and at most {limits.Value.HiddenDays} days away", RowText.Quote(hidden));
        if (body.Reporter is not { } reporter) yield break;
        if (reporter.Read().IsEmpty) yield return new("/reporter", "a name, a number, an address or a text", "none of them");
        foreach (var (name, text, most) in new[]
        {
            ("name", reporter.Name, limits.Value.NameLength), ("number", reporter.Number, limits.Value.NameLength), ("address", reporter.Address, limits.Value.NameLength), ("text", reporter.Text, limits.Value.TextLength),
        })
            if (text?.Length > most) yield return new($"/reporter/{name}", $"at most {most} characters", $"{text.Length}");
    }

    /// <summary>Null where it is not hidden, or not until a time that can be read.</summary>
    public static DateTimeOffset? HiddenUntil(RaiseTask.Body body) => body.HiddenUntil is { } text ? IsoTime.Parse(text)?.ToUniversalTime() : null;

    public static Rejection? Refuse(RaiseTask.Body body, WorkflowDefinition definition, Place place, Caller caller)
    {
        if (body is { Reporter: null, HiddenUntil: null }) return null;
        // An alarm may join a task of somebody else's, which then would have two reporters, or be hidden from those who work on it.
        if (body.SubjectKey is not null && AlarmDeclaration.Of(definition) is not null)
            return ProblemResults.InputInvalid([new(body.Reporter is null ? "/hiddenUntil" : "/reporter", "a definition whose alarms do not join, or no subjectKey", $"'{body.DefinitionId}'")]);
        return body.HiddenUntil is not null && Hiding.Concerns(place, caller)
            ? new(Reason.NotAllowed, "somebody whose teams do not cover the area that the task is hidden from, or inspection", caller.Actor.Name)
            : null;
    }

    /// <summary>Stores who reported a task, before the task: what a fact refers to is there.</summary>
    public async Task<ReporterReference?> KeepAsync(InstanceId task, ReporterBody? given, Place place, Person acceptedBy, CancellationToken cancel)
    {
        if (given is null) return null;
        var now = time.GetUtcNow();
        var reference = new ReporterReference(Guid.CreateVersion7(now), given.Confidential);
        await vault.KeepAsync(
            new()
            {
                Id = reference.Id, InstanceId = task, AcceptedById = acceptedBy.UserId, AreaPath = place.AreaPath, IsConfidential = given.Confidential, StoredAt = now, Sealed = null,
            },
            given.Read(), cancel);
        return reference;
    }

    /// <summary>No task came of it, or the report was answered before.</summary>
    public Task ForgetAsync(ReporterReference reporter, CancellationToken cancel) => vault.ForgetAsync(reporter.Id, cancel);
}
