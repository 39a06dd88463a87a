using System.Globalization;
using Workflow.Activities.JointWork;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Running;
using Workflow.Server.Access;

namespace Workflow.Server.Features.JointWork;

/// <summary>交办: each part becomes a task of its own, and the task goes on when every part is accepted.</summary>
internal static class HandDownTask
{
    /// <param name="Parts">One of them is the lead.</param>
    /// <param name="Definition">The task definition that the parts run.</param>
    public sealed record Body(IReadOnlyList<PartBody> Parts, string Definition = HandDown.DefaultDefinition);

    /// <param name="AreaCode">A jurisdiction or below; from a part, an area within its own.</param>
    /// <param name="Role">Null for the only part, which is the lead.</param>
    /// <param name="Team">Id of the team that answers; null for the team of the area.</param>
    /// <param name="Due">Not after the task's own due time; null for that.</param>
    /// <param name="Wanted">What has to be fed back.</param>
    public sealed record PartBody(string AreaCode, string Text, PartRole? Role = null, string? Team = null, DateTimeOffset? Due = null, string? Wanted = null);

    public sealed record HandedDownPart(int Number, string TaskId, string AreaName, string Team, PartRole Role, DateTimeOffset Due);

    public sealed record HandedDown(int Revision, IReadOnlyList<HandedDownPart> Parts);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("tasks/{id}/hand-down", HandleAsync).HonoursIfMatch().Requires(Permission.ReadTasks).Produces<HandedDown>()
            .WithSummary("Hands a task down: a part for each area, with one lead; the task goes on when every part is accepted");

    internal static async Task<IResult> HandleAsync(string id, Body body, HttpRequest request, Caller caller, TaskDesk desk, DefinitionLibrary library, CancellationToken cancel)
    {
        var asked = body.Parts.Select(part => new PartAsked(part.AreaCode, part.Role ?? (body.Parts.Count == 1 ? PartRole.Lead : PartRole.Assist), part.Text, part.Team, part.Due, part.Wanted));
        var problems = body.Parts.Index().SelectMany(part => new[]
        {
            desk.CheckText(string.Create(CultureInfo.InvariantCulture, $"/parts/{part.Index}/text"), part.Item.Text),
            desk.CheckText(string.Create(CultureInfo.InvariantCulture, $"/parts/{part.Index}/wanted"), part.Item.Wanted, isRequired: false),
        }).ToList();
        if ((await library.FindToStartAsync(body.Definition, null, cancel)).Definition is not { IsTask: true })
            problems.Add(new("/definition", "a published task definition", $"'{body.Definition}'"));
        return await desk.SubmitAsync(id, new(request, caller, body), problems, at => new Stimulus.HandedDown(body.Definition, [.. asked]) { At = at }, Answered, cancel);
    }

    private static Answer Answered(WorkflowInstance task)
    {
        var group = task.Task!.Parts[^1].Group;
        return Answer.Of(StatusCodes.Status200OK, new HandedDown(task.Revision, [.. task.Task.Parts.Where(part => part.Group == group)
            .Select(part => new HandedDownPart(part.Number, part.Task.ToString(), part.Place.AreaName, part.Team.Name, part.Role, part.Due))]));
    }
}
