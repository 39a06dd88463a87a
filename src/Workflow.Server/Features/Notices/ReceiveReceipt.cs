using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Notices;
using Workflow.Server.Problems;

namespace Workflow.Server.Features.Notices;

/// <summary>A gateway says what has become of a notice. It signs with its secret instead of signing in; said again, it changes nothing.</summary>
internal static class ReceiveReceipt
{
    public sealed record Body(NoticeState Status, string? Reason = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("notices/{id}/receipts", HandleAsync).OpenToAll().Accepts<Body>("application/json").Produces(StatusCodes.Status204NoContent)
            .WithSummary("A gateway says that a notice was sent, delivered, read or has failed; signed as Standard Webhooks are, with the gateway's secret");

    internal static async Task<IResult> HandleAsync(string id, HttpRequest request, InstanceReader reader, NoticeOptions options, CommitQueue queue, TimeProvider time, CancellationToken cancel)
    {
        if (request.ContentLength > options.MaxAnswerBytes) return ProblemResults.Plain(StatusCodes.Status413PayloadTooLarge, "Request too large", $"Expected a body of at most {options.MaxAnswerBytes} bytes, found {request.ContentLength}.");
        var bytes = new byte[options.MaxAnswerBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > options.MaxAnswerBytes) return ProblemResults.Plain(StatusCodes.Status413PayloadTooLarge, "Request too large", $"Expected a body of at most {options.MaxAnswerBytes} bytes, found a larger one.");
        var body = bytes[..length];

        // Who cannot sign, or signed too long ago, learns nothing of what there is, and nothing is read for them. The world's time, because the gateway signs by it.
        var (now, age) = (TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(options.SignatureSeconds));
        var signers = options.Gateways.Where(gateway => NoticeSignature.Fits(request.Headers, id, body, gateway.Value.Secret, now, age)).Select(gateway => gateway.Key).ToList();
        if (signers.Count == 0 || !EffectId.TryParse(id, out var key) || await ChannelAsync(reader, key, cancel) is not { } channel || !signers.Contains(channel))
            return new Rejection(Reason.NotAllowed, $"a signature of the gateway that carries this notice, at most {options.SignatureSeconds} s old", "none that fits").ToResult();
        if (GatewayHandler.NoticeReceipt.Read(body) is not { State: { } state } receipt) return ProblemResults.Invalid([new("/status", "sent, delivered, read, failed", "something else")]);
        var result = await queue.SubmitAsync(new(key.Instance, new Stimulus.NoticeHeard(key.Number, state, receipt.Reason) { At = time.GetUtcNow() }));
        return result is CommandResult.Applied { Step: Step.Rejected { Why: var why } } ? why.ToResult() : Results.NoContent();
    }

    private static async Task<string?> ChannelAsync(InstanceReader reader, EffectId id, CancellationToken cancel) =>
        (await reader.FindAsync(id.Instance, cancel))?.WorkItems.SelectMany(item => item.Ladder?.Steps ?? []).SelectMany(step => step.Notices).FirstOrDefault(notice => notice.Number == id.Number)?.Channel;
}
