using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Reporting;

namespace Workflow.Server.Features.Reports;

/// <summary>
/// Names that a report can be asked for. One that nothing has would look like a report of nothing, so it is refused. What is gone from the organisation is
/// still known by the tasks that it had.
/// </summary>
internal sealed class ReportNames(OrganisationLibrary organisation, PlaceLibrary places, PauseCatalog reasons)
{
    /// <summary>What of a request is no name of anything.</summary>
    /// <param name="key">A group of <paramref name="by"/>; null when none is asked for.</param>
    public async Task<IReadOnlyList<ValueProblem>> CheckAsync(WorkflowDb db, ReportRequest request, ReportBy by, string? key, CancellationToken cancel)
    {
        (string Pointer, ReportBy Of, string? Value)[] asked =
        [
            ("/team", ReportBy.Team, request.Team), ("/workTeam", ReportBy.Team, request.WorkTeam), ("/person", ReportBy.Person, request.Person),
            // Items that nobody had are asked for by nothing, and so is the group of tasks without a name.
            ("/workPerson", ReportBy.Person, Named(request.WorkPerson)), ("/definitionId", ReportBy.Definition, request.DefinitionId), ("/category", ReportBy.Category, request.Category), ("/key", by, Named(key)),
        ];
        var problems = new List<ValueProblem>();
        foreach (var (pointer, of, value) in asked)
            if (value is not null && Expected(of) is { } expected && !await IsKnownAsync(db, of, value, cancel)) problems.Add(new(pointer, expected, RowText.Quote(value)));
        if (request.PauseReason is { } reason && !reasons.Has(reason) && !await db.TaskPauses.AnyAsync(row => row.Reason == reason, cancel))
            problems.Add(new("/pauseReason", $"a reason for a pause, such as {string.Join(", ", reasons.All.Select(known => known.Id))}", RowText.Quote(reason)));
        return problems;
    }

    private static string? Named(string? value) => value is { Length: > 0 } ? value : null;

    /// <summary>Null for groups whose names are read otherwise.</summary>
    private static string? Expected(ReportBy by) => by switch
    {
        ReportBy.Jurisdiction => "the code of a jurisdiction",
        ReportBy.Team => "the id of a team",
        ReportBy.Person => "the id of a person",
        ReportBy.Definition => "the id of a definition",
        ReportBy.Category => "a category that the post-evaluation of a task has found",
        _ => null,
    };

    private async Task<bool> IsKnownAsync(WorkflowDb db, ReportBy by, string name, CancellationToken cancel)
    {
        Task<bool> Has(Expression<Func<TaskSummaryRow, bool>> name) => db.TaskSummaries.AnyAsync(name, cancel);
        var directory = await organisation.LoadAsync(db, null, cancel);
        return by switch
        {
            ReportBy.Jurisdiction => (await places.LoadAsync(db, cancel)).ByCode(name) is not null || await Has(row => row.JurisdictionCode == name),
            ReportBy.Team => directory.Find(name) is not null || await db.TaskWork.AnyAsync(row => row.TeamId == name, cancel),
            ReportBy.Person => directory.Members.ContainsKey(name) || await db.TaskWork.AnyAsync(row => row.PersonId == name, cancel),
            ReportBy.Definition => await db.Definitions.AnyAsync(row => row.DefinitionId == name, cancel) || await Has(row => row.DefinitionId == name),
            _ => await Has(row => row.Category == name),
        };
    }
}
