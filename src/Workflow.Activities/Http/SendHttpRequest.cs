using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Http;

/// <summary><c>Elsa.SendHttpRequest</c>: sends a request and runs the activity of the answer's status code, of any other code, or of what went wrong.</summary>
public sealed class SendHttpRequest : Activity
{
    public override ActivityDescriptor Descriptor { get; } = new("Elsa.SendHttpRequest")
    {
        Category = "HTTP",
        Summary = "Sends a request and runs the activity of the answer's status code.",
        Waits = true,
        Inputs = HttpExchange.Inputs,
        Outputs = HttpExchange.Outputs,
        PortList = "expectedStatusCodes",
        ChildPorts = ["unmatchedStatusCode", "failedToConnect", "timeout"],
    };

    public override IReadOnlyList<JsonElement?> SampleResults(Node node) => HttpExchange.Samples(ListOf(node).Select(one => StatusCodes.Of(one.Member("statusCode"))).OfType<int>());

    public override void Execute(ActivityContext context) => context.Request(HttpExchange.CallOf(context));

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        var reply = HttpExchange.Read(context, resumption);
        var port = reply.End switch
        {
            HttpEnd.FailedToConnect => "failedToConnect",
            HttpEnd.Timeout => "timeout",
            _ => PortOf(context.Node, reply.StatusCode),
        };
        Run(context, port);
    }

    public override void EffectFailed(ActivityContext context, int effect, string message)
    {
        if (context.Node.Ports.ContainsKey("failedToConnect")) Run(context, "failedToConnect");
        else base.EffectFailed(context, effect, message);
    }

    public override void Check(Node node, DefinitionCheck check)
    {
        HttpSecrets.Check(node, check);
        foreach (var (index, one) in ListOf(node).Index())
            if (StatusCodes.Of(one.Member("statusCode")) is null) check.Error($"{node.Pointer}/expectedStatusCodes/{index}/statusCode", "a status code from 100 to 599", one.Member("statusCode")?.Describe() ?? "nothing");
    }

    private static string PortOf(Node node, int statusCode)
    {
        foreach (var (index, one) in ListOf(node).Index())
            if (StatusCodes.Of(one.Member("statusCode")) == statusCode) return string.Create(CultureInfo.InvariantCulture, $"expectedStatusCodes/{index}");
        return "unmatchedStatusCode";
    }

    private static JsonElement[] ListOf(Node node) => node.Plain("expectedStatusCodes") is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static void Run(ActivityContext context, string port)
    {
        if (context.Node.Ports.TryGetValue(port, out var activity)) context.Schedule(activity);
        else context.Complete();
    }
}

/// <summary><c>Elsa.FlowSendHttpRequest</c>: sends a request and goes on at the answer's status code, at <c>Unmatched status code</c>, or at what went wrong.</summary>
public class FlowSendHttpRequest : Activity
{
    protected static readonly InputDescriptor ExpectedStatusCodes =
        new("expectedStatusCodes", "Object", Check: value => StatusCodes.ListOf(value) is null ? "a list of status codes from 100 to 599" : null) { Summary = "Status codes with a port of their own." };

    private const string Unmatched = "Unmatched status code";
    private const string FailedToConnect = "Failed to connect";
    private const string TimedOut = "Timeout";

    public override ActivityDescriptor Descriptor { get; } = new("Elsa.FlowSendHttpRequest")
    {
        Category = "HTTP",
        Summary = "Sends a request and goes on at the answer's status code.",
        Waits = true,
        Inputs = [.. HttpExchange.Inputs, ExpectedStatusCodes],
        Outputs = HttpExchange.Outputs,
    };

    /// <summary>What the request asks for.</summary>
    protected virtual HttpCall CallOf(ActivityContext context) => HttpExchange.CallOf(context);

    /// <summary>Sets the outputs.</summary>
    protected virtual HttpReply Read(ActivityContext context, Resumption resumption) => HttpExchange.Read(context, resumption);

    public override IReadOnlyList<string> Outcomes(Node node) =>
        [.. (StatusCodes.ListOf(node.Literal("expectedStatusCodes")) ?? []).Select(StatusCodes.Name), Unmatched, FailedToConnect, TimedOut, "Done"];

    public override bool HasFixedOutcomes(Node node) => !node.Inputs.ContainsKey("expectedStatusCodes") || node.Literal("expectedStatusCodes") is not null;

    public override void Check(Node node, DefinitionCheck check) => HttpSecrets.Check(node, check);

    public override IReadOnlyList<JsonElement?> SampleResults(Node node) => HttpExchange.Samples(StatusCodes.ListOf(node.Literal("expectedStatusCodes")) ?? []);

    public override void Execute(ActivityContext context) => context.Request(CallOf(context));

    public override void Resumed(ActivityContext context, Resumption resumption)
    {
        var reply = Read(context, resumption);
        if (reply.End == HttpEnd.Answered) Answer(context, reply.StatusCode);
        else context.Complete(reply.End == HttpEnd.Timeout ? TimedOut : FailedToConnect);
    }

    public override void EffectFailed(ActivityContext context, int effect, string message) => context.Complete(FailedToConnect);

    private static void Answer(ActivityContext context, int statusCode)
    {
        var expected = StatusCodes.ListOf(context.Input("expectedStatusCodes")) ?? [];
        if (expected.Count == 0) context.Complete();
        else context.Complete(expected.Contains(statusCode) ? StatusCodes.Name(statusCode) : Unmatched, "Done");
    }
}

internal static class StatusCodes
{
    public static int? Of(JsonElement? value) => value is { } given && Values.ToNumber(given) is { } number && number == decimal.Truncate(number) && number is >= 100 and <= 599 ? (int)number : null;

    /// <summary>Null when one of them is no status code.</summary>
    public static ImmutableList<int>? ListOf(JsonElement? value)
    {
        if (value is not { } given) return [];
        if (given.ValueKind != JsonValueKind.Array) return null;
        var codes = given.EnumerateArray().Select(item => Of(item)).ToList();
        return codes.Contains(null) ? null : [.. codes.OfType<int>()];
    }

    public static string Name(int statusCode) => statusCode.ToString(CultureInfo.InvariantCulture);
}
