using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.Expressions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using Workflow.Server.Http;

namespace Workflow.Server.Notices;

/// <summary>
/// Hands notices to gateways by HTTP. Each attempt carries the effect's id, under which a gateway tells nobody twice. Status 2xx: it has taken it, and is believed to have told somebody only as far
/// as its answer says so; 408, 429 and 5xx, silence and a broken connection: again later; anything else: this way leads nowhere.
/// </summary>
internal sealed class GatewayHandler : IEffectHandler<NotifyByGateway>, IDisposable
{
    private const int LongestReason = 200;

    private readonly NoticeOptions options;
    private readonly NoticeContacts contacts;
    private readonly HttpClient http;

    public GatewayHandler(NoticeOptions options, NoticeContacts contacts)
    {
        (this.options, this.contacts) = (options, contacts);
        var outside = new OutsideAddress(Options.Create(new HttpOptions { AllowPrivateAddresses = options.AllowPrivateAddresses }));
        http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectCallback = outside.ConnectAsync, PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => http.Dispose();

    public async Task<object?> HandleAsync(NotifyByGateway effect, EffectId id, CancellationToken cancel)
    {
        var letter = effect.Letter;
        if (!options.Gateways.TryGetValue(letter.Channel, out var gateway)) throw new EffectRefusedException($"channel '{letter.Channel}': expected a gateway of the setting Notifications:Gateways, found none");
        var address = await contacts.FindAsync(letter.To, gateway.Contact.Length > 0 ? gateway.Contact : letter.Channel, cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var request = RequestOf(gateway, id.ToString(), new NoticeText(letter, options.PublicUrl).Body(gateway, id.ToString(), address));
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            if (status is 408 or 429 or >= 500) throw new InvalidOperationException($"gateway '{letter.Channel}': expected an answer, found status {status}");
            if (status is < 200 or >= 300) throw new EffectRefusedException($"gateway '{letter.Channel}': expected status 2xx, found {status}");
            return new NoticeAnswer(await ReadAsync(response, letter.Channel, address, limit.Token), NoticeContacts.Mask(address));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"gateway '{letter.Channel}': expected an answer within {options.TimeoutSeconds} s, found none");
        }
        catch (Exception problem) when (problem is AddressRefusedException || problem.InnerException is AddressRefusedException)
        {
            throw new EffectRefusedException($"gateway '{letter.Channel}': {(problem as AddressRefusedException ?? problem.InnerException!).Message}");
        }
    }

    private static HttpRequestMessage RequestOf(GatewayOptions gateway, string id, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in gateway.Headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
        // The gateway checks the age of a signature by the time of the world, whatever clock the tasks run on.
        foreach (var (name, value) in NoticeSignature.Headers(id, TimeProvider.System.GetUtcNow(), body, gateway.Secret)) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>What cannot be read says no more than that the gateway has taken it.</summary>
    private async Task<NoticeState> ReadAsync(HttpResponseMessage response, string channel, string address, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var bytes = new byte[options.MaxAnswerBytes + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > options.MaxAnswerBytes || NoticeReceipt.Read(bytes.AsMemory(0, length), address) is not { State: { } state } receipt) return NoticeState.Sent;
        return state != NoticeState.Failed ? state : throw new EffectRefusedException($"gateway '{channel}' says that it has failed{(receipt.Reason is { } why ? $": {why}" : "")}");
    }

    /// <summary>What a gateway says of a notice, in its answer or later: <c>{"status":"sent|delivered|read|failed","reason":"…"}</c>.</summary>
    internal sealed record NoticeReceipt(NoticeState? State, string? Reason)
    {
        /// <param name="address">Where the notice went, if that is known here.</param>
        /// <returns>Null for what is no JSON object.</returns>
        public static NoticeReceipt? Read(ReadOnlyMemory<byte> body, string? address = null)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                if (document.RootElement is not { ValueKind: JsonValueKind.Object } json || !json.IsWellFormed()) return null;
                // Masked before it is cut: of half a number nobody can tell that it is one.
                var reason = json.Text("reason") is { } text ? NoticeContacts.MaskIn(string.Concat(text.Where(letter => !char.IsControl(letter))), address) : null;
                return new(Values.ToEnum<NoticeState>(json.Text("status")), reason?.Length > LongestReason ? reason[..(char.IsHighSurrogate(reason[LongestReason - 1]) ? LongestReason - 1 : LongestReason)] : reason);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
