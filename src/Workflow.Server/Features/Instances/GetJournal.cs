using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Instances;

/// <summary>One burst as it is stored.</summary>
/// <param name="Address">Where the command came from; null when it came from within.</param>
/// <param name="Facts">What changed, in order; <c>schema</c> numbers their shape.</param>
/// <param name="Hash">Over the hash of the burst before and everything in this one, in hexadecimal.</param>
internal sealed record JournalEntry(
    int Revision, DateTimeOffset At, string Stimulus, Person? Actor, string? Address, int Schema, JsonElement Facts, string HashAlgorithm, string Hash);

/// <param name="Holds">Every burst follows from the one before, and the last is the one that the instance names.</param>
/// <param name="Revisions">How many bursts were looked at.</param>
/// <param name="FirstBreak">The first revision that does not follow, or is missing.</param>
internal sealed record JournalChain(bool Holds, int Revisions, int? FirstBreak);

/// <param name="Chain">When it was asked for.</param>
internal sealed record JournalPage(IReadOnlyList<JournalEntry> Items, string? Next, JournalChain? Chain);

internal static class GetJournal
{
    /// <summary>Facts hold values that may be 64 levels deep by themselves.</summary>
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = InstanceJson.Options.MaxDepth };

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("instances/{id}/journal", HandleAsync).Requires(Permission.Operate).Produces<JournalPage>()
            .WithSummary("What an instance has recorded, burst by burst, oldest first");

    /// <param name="verify"><c>true</c> to have the chain of hashes of the whole journal checked.</param>
    internal static async Task<IResult> HandleAsync(
        string id, bool? verify, string? cursor, int? limit, Caller caller, InstanceReader reader, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 1, limits.Value, out var problem) is not { } page) return problem!;
        if (await reader.FindAsync(id, caller, at: null, cancel) is not { Id: var key }) return ProblemResults.NotFound("an instance");
        var after = page.After is [var text] ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        await using var db = reader.Open();
        var rows = await db.Journal.AsNoTracking().Where(row => row.InstanceId == key && row.Revision > after).OrderBy(row => row.Revision).Take(page.Limit + 1).ToListAsync(cancel);
        var hasMore = rows.Count > page.Limit;
        if (hasMore) rows.RemoveAt(page.Limit);
        var chain = verify == true ? await VerifyAsync(db, key, cancel) : null;
        var next = hasMore ? Page.Cursor(rows[^1].Revision.ToString(CultureInfo.InvariantCulture)) : null;
        return Answer.Of(StatusCodes.Status200OK, new JournalPage([.. rows.Select(Of)], next, chain)).ToResult();
    }

    private static JournalEntry Of(JournalRow row) => new(
        row.Revision, row.At, row.Stimulus, row.ActorId is { } actor ? new(actor, row.ActorName ?? actor) : null, row.ActorAddress, row.Schema,
        JsonElement.Parse(StoredJson.ToJson(row.Facts), Deep), row.HashAlgorithm, Convert.ToHexStringLower(row.Hash));

    /// <summary>The instance first: what is added to its journal meanwhile is left out. Null when retention has just removed it.</summary>
    private static async Task<JournalChain?> VerifyAsync(WorkflowDb db, InstanceId id, CancellationToken cancel)
    {
        var end = await db.Instances.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.Revision, row.JournalHash }).SingleOrDefaultAsync(cancel);
        if (end is null) return null;
        var rows = await db.Journal.AsNoTracking().Where(row => row.InstanceId == id && row.Revision <= end.Revision).OrderBy(row => row.Revision).ToListAsync(cancel);
        var broken = JournalHash.FirstBreak(rows, end.JournalHash);
        return new(broken is null, rows.Count, broken);
    }
}
