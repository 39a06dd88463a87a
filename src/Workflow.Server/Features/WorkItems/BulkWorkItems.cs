using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.WorkItems;

internal enum BulkCommand
{
    Claim,
    Transfer,
    Urge,
}

/// <summary>What became of one of many.</summary>
/// <param name="Status">As if it had been asked for alone.</param>
/// <param name="Revision">The item's revision after the command; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record BulkAnswer(string Id, int Status, int? Revision, Problem? Problem)
{
    public static BulkAnswer Of(string id, Answer answer) => answer.Status < StatusCodes.Status400BadRequest
        ? new(id, answer.Status, InstanceJson.Read<WorkItemChanged>(answer.Body.GetRawText()).Revision, null)
        : new(id, answer.Status, null, InstanceJson.Read<Problem>(answer.Body.GetRawText()));
}

/// <param name="Items">In the order of the request.</param>
internal sealed record BulkAnswers(IReadOnlyList<BulkAnswer> Items);

/// <summary>批量签收、转办、催办: each item goes through the command of its own, and is done or refused by itself.</summary>
internal static class BulkWorkItems
{
    /// <param name="Revision">The revision of the item that the caller saw.</param>
    public sealed record BulkItem(string Id, int Revision);

    /// <param name="Team">Of a transfer: id of the team that gets them.</param>
    /// <param name="Person">Of a transfer: user id of who gets them.</param>
    /// <param name="Reason">Of a transfer.</param>
    /// <param name="Note">Of an urging.</param>
    public sealed record Body(BulkCommand Command, IReadOnlyList<BulkItem> Items, string? Team = null, string? Person = null, string? Reason = null, string? Note = null);

    /// <summary>What one of them is remembered by.</summary>
    private sealed record Asked(BulkCommand Command, BulkItem Item, string? Team, string? Person, string? Reason, string? Note);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("work-items/bulk", HandleAsync).Requires(Permission.ReadTasks).Produces<BulkAnswers>().WithSummary("Claims, transfers or urges many items; each has its own answer");

    internal static async Task<IResult> HandleAsync(Body body, HttpRequest request, Caller caller, WorkItemDesk desk, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Check(body, desk, limits.Value.BulkItems) is { Count: > 0 } problems) return ProblemResults.Invalid(problems);
        if (body.Command == BulkCommand.Claim && !caller.Permissions.Contains(Permission.WorkOnItems)) return ProblemResults.NotAllowed(request.HttpContext, Permission.WorkOnItems);
        var batch = request.Headers[CommandDesk.KeyHeader].ToString();
        var answers = new BulkAnswer[body.Items.Count];
        var side = new ParallelOptions { MaxDegreeOfParallelism = limits.Value.BatchParallelism, CancellationToken = cancel };
        // Side by side, so that they share transactions; items of one task one after another, as they came.
        await Parallel.ForEachAsync(body.Items.Index().GroupBy(one => one.Item.Id.Split('-')[0], StringComparer.Ordinal), side, async (task, stop) =>
        {
            foreach (var (index, one) in task)
            {
                var ask = new Ask(request, caller, new Asked(body.Command, one, body.Team, body.Person, body.Reason, body.Note), batch.Length > 0 ? $"{batch}/{index}" : "");
                answers[index] = BulkAnswer.Of(one.Id, await desk.AnswerAsync(one.Id, ask, (number, at) => StimulusOf(body, number, one.Revision, at), stop));
            }
        });
        return Results.Ok(new BulkAnswers(answers));
    }

    private static List<ValueProblem> Check(Body body, WorkItemDesk desk, int most)
    {
        var problems = new List<ValueProblem>();
        if (body.Items.Count == 0 || body.Items.Count > most) problems.Add(new("/items", $"1 to {most} items", $"{body.Items.Count}"));
        foreach (var (index, again) in body.Items.Index().GroupBy(one => one.Item.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Last()))
            problems.Add(new($"/items/{index}/id", "each item once", $"'{again.Id}' again"));
        if (body.Command == BulkCommand.Transfer && body.Team is null && body.Person is null) problems.Add(new("/team", "a team, a person, or both", "nothing"));
        foreach (var wrong in new[] { desk.CheckText("/reason", body.Reason, isRequired: false), desk.CheckText("/note", body.Note, isRequired: false) })
            if (wrong is not null) problems.Add(wrong);
        return problems;
    }

    private static Stimulus StimulusOf(Body body, int number, int revision, DateTimeOffset at) => body.Command switch
    {
        BulkCommand.Claim => new Stimulus.WorkItemClaimed(number, revision) { At = at },
        BulkCommand.Transfer => new Stimulus.WorkItemTransferred(number, revision, body.Team, body.Person, body.Reason) { At = at },
        BulkCommand.Urge => new Stimulus.WorkItemUrged(number, body.Note) { At = at },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
