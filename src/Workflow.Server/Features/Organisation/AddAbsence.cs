using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;
using Microsoft.Extensions.Options;

namespace Workflow.Server.Features.Organisation;

internal static class AddAbsence
{
    /// <param name="Member">Who is away; null for the caller.</param>
    /// <param name="From">A time with its offset.</param>
    /// <param name="Until">The first moment back.</param>
    /// <param name="Substitute">User id of who takes what is theirs meanwhile.</param>
    public sealed record Body(string From, string Until, string? Member = null, string? Substitute = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("absences", HandleAsync).Requires(Permission.ReadTasks).Produces<OrganisationImport>()
            .WithSummary("Records that the caller is away, and who stands in; operators do it for everybody");

    internal static Task<IResult> HandleAsync(
        Body body, HttpRequest request, Caller caller, CommandDesk desk, OrganisationImporter importer, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (body.Member is { } other && other != caller.Actor.UserId && !caller.Permissions.Contains(Permission.ManageOrganisation)) return Task.FromResult(ProblemResults.NotAllowed(request.HttpContext, Permission.ManageOrganisation));
        var line = new OrganisationLine(column => column switch { "member" => body.Member ?? caller.Actor.UserId, "from" => body.From, "until" => body.Until, _ => body.Substitute }, "");
        return desk.WriteAsync(new(request, caller, body), async (db, _) =>
        {
            var problems = new RowProblems(limits.Value.ImportProblems);
            var done = await importer.WriteAsync(db, new() { [OrganisationPart.Absences] = [line] }, replaces: false, problems, cancel);
            return problems.Total > 0 ? problems.ToAnswer() : Answer.Of(StatusCodes.Status200OK, done);
        }, cancel);
    }
}
