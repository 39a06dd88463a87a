using System.Text.Json;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Server.Access;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Tasks;

/// <summary>Events of other systems raise tasks. The same event, by source and id, raises one.</summary>
internal static class ReceiveCloudEvents
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("cloud-events", HandleAsync).Requires(Permission.RaiseTasks).Accepts<JsonElement>(CloudEventReader.Structured, CloudEventReader.Batch, "application/json")
            .Produces<TaskCreated>(StatusCodes.Status201Created).Produces<RaiseAnswers>()
            .WithSummary("Raises a task by a CloudEvent (structured or binary), or one by each of a batch; source and id keep an event from raising two");

    internal static async Task<IResult> HandleAsync(HttpRequest request, Caller caller, TaskRaiser raiser, IOptions<Limits> limits, CancellationToken cancel)
    {
        var problems = new List<ValueProblem>();
        using var document = await ReadAsync(request, problems, cancel);
        if (document is not { RootElement: var body }) return ProblemResults.Invalid(problems);
        if (!request.ContentType!.StartsWith(CloudEventReader.Batch, StringComparison.OrdinalIgnoreCase))
        {
            var isStructured = request.ContentType.StartsWith(CloudEventReader.Structured, StringComparison.OrdinalIgnoreCase);
            var one = isStructured ? CloudEventReader.Read(body, "", problems) : CloudEventReader.ReadBinary(request.Headers, body, problems);
            return one is null ? ProblemResults.Invalid(problems) : (await raiser.RaiseAsync(AskOf(one), one.Task, cancel)).ToResult();
        }
        var most = limits.Value.BatchTasks;
        if (body.ValueKind != JsonValueKind.Array || body.GetArrayLength() is 0 || body.GetArrayLength() > most) return ProblemResults.Invalid([new("", $"a list of 1 to {most} CloudEvents", body.ValueKind == JsonValueKind.Array ? $"{body.GetArrayLength()}" : body.Describe())]);
        var events = body.EnumerateArray().Index().Select(one => ReadOne(one.Item, one.Index)).ToList();
        var raised = await raiser.RaiseAllAsync([.. events.Select(one => one.Event).OfType<TaskEvent>().Select(one => (AskOf(one), one.Task))], cancel);
        var answers = new Queue<RaiseAnswer>(raised.Items);
        return Results.Ok(new RaiseAnswers([.. events.Select(one => one.Event is null ? RaiseAnswer.Of(Answer.Invalid(one.Problems)) : answers.Dequeue())]));

        Ask AskOf(TaskEvent one) => new(request, caller, one.Task, one.Key);
    }

    private static (TaskEvent? Event, List<ValueProblem> Problems) ReadOne(JsonElement json, int index)
    {
        var problems = new List<ValueProblem>();
        return (CloudEventReader.Read(json, $"/{index}", problems), problems);
    }

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request, List<ValueProblem> problems, CancellationToken cancel)
    {
        try
        {
            return await JsonDocument.ParseAsync(request.Body, default, cancel);
        }
        catch (JsonException problem)
        {
            problems.Add(new("", "JSON", problem.Message));
            return null;
        }
    }
}
