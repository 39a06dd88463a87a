using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <param name="Level">How it stood to the limits of the definition.</param>
/// <param name="Inputs">What it brought.</param>
internal sealed record AlarmView(DateTimeOffset At, AlarmLevel Level, ImmutableDictionary<string, JsonElement> Inputs);

internal sealed record AlarmPage(IReadOnlyList<AlarmView> Items, string? Next);

internal static class ListAlarms
{
    /// <summary>The only stimuli that bring an alarm.</summary>
    private static readonly string[] Bringers = [nameof(Stimulus.Started), nameof(Stimulus.AlarmRepeated)];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("tasks/{id}/alarms", HandleAsync).Requires(Permission.ReadTasks).Produces<AlarmPage>().WithSummary("The alarms that a task stands for, oldest first");

    internal static async Task<IResult> HandleAsync(
        string id, string? cursor, int? limit, Caller caller, InstanceReader reader, StoredShapes shapes, IOptions<Limits> limits, CancellationToken cancel)
    {
        if (Page.Read(cursor, limit, 1, limits.Value, out var problem) is not { } page) return problem!;
        if (await reader.FindAsync(id, caller, at: null, cancel) is not { Task: not null, Id: var key }) return ProblemResults.NotFound("a task");
        var after = page.After is [var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        await using var db = reader.Open();
        var rows = await db.Journal.AsNoTracking().Where(row => row.InstanceId == key && row.Revision > after && Bringers.Contains(row.Stimulus)).OrderBy(row => row.Revision).Take(page.Limit + 1).ToListAsync(cancel);
        var hasMore = rows.Count > page.Limit;
        if (hasMore) rows.RemoveAt(page.Limit);
        var alarms = rows.SelectMany(row => shapes.Read<ImmutableArray<Fact>>(StoredShapes.Facts, row.Facts, row.Schema).OfType<Fact.AlarmJoined>().Select(alarm => new AlarmView(row.At, alarm.Level, alarm.Input)));
        return Results.Ok(new AlarmPage([.. alarms], hasMore ? Page.Cursor(rows[^1].Revision.ToString(CultureInfo.InvariantCulture)) : null));
    }
}
