using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Running;
using Workflow.Server.Access;
using Workflow.Server.Features.JointWork;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Orders;

/// <summary>督办: an order of a leader, of its own or about tasks that run.</summary>
internal static class CreateOrder
{
    public const string DefaultDefinition = "supervised-order";

    /// <param name="Text">批示.</param>
    /// <param name="Tasks">Ids of the open tasks that it covers.</param>
    /// <param name="Leader">User id of the leader who orders; null for the caller.</param>
    /// <param name="AreaCode">Null for the area of the first task.</param>
    /// <param name="Team">Id of the team that answers; null for the team of the area.</param>
    /// <param name="Every">How often feedback is due, such as <c>P7D</c>.</param>
    /// <param name="Subject">Null for the beginning of the text.</param>
    public sealed record Body(
        string Text, DateTimeOffset Due, IReadOnlyList<string>? Tasks = null, string? Leader = null, string? AreaCode = null, string? Team = null, string? Every = null, string? Subject = null,
        Priority Priority = Priority.Urgent, string Definition = DefaultDefinition);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("orders", HandleAsync).Requires(Permission.ReadTasks).Produces<OrderView>(StatusCodes.Status201Created).WithSummary("Gives an order, of its own or about open tasks");

    internal static async Task<IResult> HandleAsync(
        Body body, HttpRequest request, Caller caller, TaskDesk texts, CommandDesk desk, InstanceReader reader, OrganisationLibrary organisation, DefinitionLibrary library, TimeProvider time,
        Microsoft.Extensions.Options.IOptions<Hosting.Limits> limits, Microsoft.Extensions.Options.IOptions<InstanceLimits> most, CancellationToken cancel)
    {
        var ask = new Ask(request, caller, body);
        if (TaskRights.Refuse(TaskCommand.GiveOrder, null, [], caller.Actor) is { } no) return await desk.RefuseAsync(ask, no, cancel);
        await using var db = reader.Open();
        var teams = await organisation.LoadAsync(db, null, cancel);
        var now = time.GetUtcNow();
        var problems = new List<ValueProblem?> { texts.CheckText("/text", body.Text) };
        if (body.Subject is { } given && (string.IsNullOrWhiteSpace(given) || given.Length > limits.Value.SubjectLength || given.Any(char.IsControl))) problems.Add(new("/subject", $"1 to {limits.Value.SubjectLength} characters on one line", $"{given.Length} characters"));
        if (body.Due - now > SlaTarget.Longest) problems.Add(new("/due", $"a deadline within {SlaTarget.Longest.Days} days", $"{body.Due:O}"));
        if (body.Due <= now) problems.Add(new("/due", "a deadline that is to come", $"{body.Due:O}"));
        if (body.Every is { } every && !(SlaTarget.TryParse(every, out var target, out _) && target is SlaTarget.Continuous { Length: var length } && length >= TimeSpan.FromMinutes(1)))
            problems.Add(new("/every", "a duration of at least a minute such as P7D", $"'{every}'"));
        var covered = await CoverAsync(body, caller, db, most.Value.Parts, problems, cancel);
        var first = covered.Count > 0 ? covered[0].Place : null;
        var place = body.AreaCode is { } code ? teams.Areas.GetValueOrDefault(code) : first;
        if (place is null) problems.Add(new("/areaCode", "the code of an area, or a task whose area counts", body.AreaCode is null ? "nothing" : $"'{body.AreaCode}'"));
        var team = body.Team is { } id ? teams.Find(id) : place is null ? null : teams.OwnerOf(place, TeamKind.Enforcement, now) ?? teams.OwnerOf(place, TeamKind.Inspection, now) ?? teams.OwnerOf(place, TeamKind.TechGrid, now);
        if (team is null && (place is not null || body.Team is not null)) problems.Add(new("/team", "the id of a team", body.Team is null ? "none for the area" : $"'{body.Team}'"));
        var leader = body.Leader is { } user ? teams.Members.GetValueOrDefault(user)?.Person : caller.Actor.Person;
        if (leader is null) problems.Add(new("/leader", "the user id of a member", $"'{body.Leader}'"));
        var definition = (await library.FindToStartAsync(body.Definition, null, cancel)).Definition;
        if (definition is not { IsTask: true }) problems.Add(new("/definition", "a published task definition", $"'{body.Definition}'"));
        if (problems.OfType<ValueProblem>().ToList() is { Count: > 0 } wrong) return await desk.RefuseAsync(ask, ProblemResults.InputInvalid(wrong), cancel);

        var instance = new InstanceId(Guid.CreateVersion7(now));
        var intake = new TaskIntake("", body.Subject?.Trim() ?? Beginning(body.Text, limits.Value.SubjectLength), place!, body.Priority)
        {
            RaisedBy = caller.Actor.Person,
            Order = new(leader!, body.Text.Trim(), team!, body.Due.ToUniversalTime(), body.Every) { Tasks = [.. covered.Select(one => one.Task)] },
        };
        return await desk.SubmitAsync(
            ask, instance, at => new Stimulus.Started(instance, ImmutableDictionary<string, System.Text.Json.JsonElement>.Empty, intake) { At = at },
            task => Answer.Of(StatusCodes.Status201Created, OrderView.Of(task), $"/api/v1/orders/{task.Id}"), definition!.Id);
    }

    /// <summary>The open tasks that are named, each of which the caller has to see.</summary>
    private static async Task<List<(CoveredTask Task, Place Place)>> CoverAsync(Body body, Caller caller, Engine.Storage.WorkflowDb db, int most, List<ValueProblem?> problems, CancellationToken cancel)
    {
        var asked = body.Tasks ?? [];
        if (asked.Count > most)
        {
            problems.Add(new("/tasks", $"at most {most} tasks (setting Instances:{nameof(InstanceLimits.Parts)})", $"{asked.Count}"));
            return [];
        }
        var ids = asked.Select(text => InstanceId.TryParse(text, out var id) ? id : default).ToList();
        var open = await InstanceReader.VisibleTasks(db, caller).Where(task => ids.Contains(task.InstanceId) && task.ClosedAt == null).ToDictionaryAsync(task => task.InstanceId, cancel);
        var covered = new List<(CoveredTask, Place)>();
        foreach (var (index, id) in ids.Index())
            if (open.TryGetValue(id, out var task) && ids.IndexOf(id) == index) covered.Add((new(id, task.Number), new(task.AreaCode, task.AreaName, task.AreaPath, task.JurisdictionName)));
            else problems.Add(new(string.Create(CultureInfo.InvariantCulture, $"/tasks/{index}"), "the id of an open task that you may see, each once", $"'{asked[index]}'"));
        return covered;
    }

    private static string Beginning(string text, int length)
    {
        var line = string.Concat(text.Trim().TakeWhile(letter => !char.IsControl(letter)));
        return line.Length <= length ? line : line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)];
    }
}
