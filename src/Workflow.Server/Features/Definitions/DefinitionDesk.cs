using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Features.Definitions;

/// <summary>What the use cases about definitions share: reading a document, and the one way in which drafts are written.</summary>
internal sealed class DefinitionDesk(DefinitionLibrary library, DefinitionReader reader)
{
    public DefinitionLimits Limits => reader.Limits;

    /// <summary>Reads a document as far as it can be read, with everything that is wrong with it.</summary>
    /// <param name="beside">Documents that come with it and that it may use.</param>
    public (WorkflowDefinition? Definition, ProblemList Problems) Compile(JsonElement document, params IReadOnlyList<JsonElement> beside)
    {
        var problems = new ProblemList();
        return (reader.With(library.Lookup(beside)).Check(document.GetRawText(), problems), problems);
    }

    /// <summary>What keeps a document from being kept even as a draft: it is none, or it does not say whose it is.</summary>
    /// <param name="definitionId">Whose it has to be; null when it may be anybody's.</param>
    public static IReadOnlyList<ValueProblem> NoDraft(JsonElement document, string? definitionId, ProblemList problems)
    {
        var fatal = problems.All.Where(problem => problem.Severity == Severity.Error && problem.Pointer is "" or "/definitionId").Select(Of).ToList();
        if (fatal.Count == 0 && definitionId is not null && IdOf(document) is var found && found != definitionId) fatal.Add(new("/definitionId", $"'{definitionId}', as in the path", $"'{found}'"));
        return fatal;
    }

    public static string IdOf(JsonElement document) => document.Text("definitionId") ?? document.Text("id") ?? "";

    /// <summary>The errors, as a refusal of what may have none.</summary>
    /// <param name="at">Where the document lies in the body.</param>
    public static IEnumerable<ValueProblem> Errors(ProblemList problems, string at = "") =>
        problems.All.Where(problem => problem.Severity == Severity.Error).Select(problem => Of(problem) with { Pointer = at + problem.Pointer });

    public static Rejection Invalid(IReadOnlyList<ValueProblem> errors) => new(Reason.DefinitionInvalid, "a definition without errors", string.Create(CultureInfo.InvariantCulture, $"{errors.Count}"), errors);

    public static Rejection NoVersion(string id, string? version = null) => new(Reason.VersionUnknown, "a definition that is published or has a draft", version is null ? $"none with the id '{id}'" : $"no version {version} of '{id}'");

    public static Rejection NoDraftOf(string id) => new(Reason.DraftUnknown, "a definition with a draft", $"none of '{id}'");

    public static string TagOf(DraftRow draft) => string.Create(CultureInfo.InvariantCulture, $"{draft.Revision}-{draft.Hash[..8]}");

    /// <summary>Names a draft for whoever has seen another one.</summary>
    public static string Describe(DraftRow? draft) => draft is null ? "no draft" : $"draft {TagOf(draft)}, saved by {draft.SavedByName} at {draft.SavedAt:O}";

    public static Task<DraftRow?> FindDraftAsync(WorkflowDb db, string id, CancellationToken cancel) => db.Drafts.FirstOrDefaultAsync(draft => draft.DefinitionId == id, cancel);

    public static Task<int?> NewestAsync(WorkflowDb db, string id, CancellationToken cancel) =>
        db.Definitions.Where(row => row.DefinitionId == id).MaxAsync(row => (int?)row.Version, cancel);

    /// <summary>Writes the next state of a draft; it is stored only if the draft is still the one that was read.</summary>
    public static DraftRow Put(WorkflowDb db, DraftRow? before, JsonElement document, bool isTask, int? basedOn, Person by, DateTimeOffset at)
    {
        var id = IdOf(document);
        var next = new DraftRow
        {
            DefinitionId = id,
            Name = document.Text("name") ?? id,
            IsTask = isTask,
            Document = document.GetRawText(),
            Hash = DefinitionLibrary.HashOf(document),
            Revision = (before?.Revision ?? 0) + 1,
            BasedOn = basedOn,
            SavedAt = at,
            SavedById = by.UserId,
            SavedByName = by.Name,
        };
        if (before is null) db.Drafts.Add(next);
        else db.Entry(before).CurrentValues.SetValues(next);
        Tell(db, at);
        return next;
    }

    /// <summary>Lets clients fetch again what they show of definitions.</summary>
    public static void Tell(WorkflowDb db, DateTimeOffset at) => db.Changes.Add(new() { Key = ChangeKeys.Definitions, At = at });

    private static ValueProblem Of(DefinitionProblem problem) => new(problem.Pointer, problem.Expected, problem.Found);
}
