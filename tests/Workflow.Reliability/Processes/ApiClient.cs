using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflow.Reliability.Processes;

public sealed record ApiAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <summary>As the header has it, in quotes.</summary>
    public string? ETag { get; init; }

    public string? Location { get; init; }

    /// <summary>When to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string? Text(string member) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(member, out var value) ? value.ToString() : null;

    public int Revision => Body.GetProperty("revision").GetInt32();
}

/// <summary>One signed-in person who calls the API, as the web client or an integrator would.</summary>
public sealed class ApiClient : IDisposable
{
    private const int LargeBytes = 1 << 20;

    /// <summary>The smallest PNG that its first bytes prove to be one.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private readonly HttpClient http;
    private TimeSpan answerLimit = TimeSpan.FromSeconds(100);

    private ApiClient(Uri address) =>
        http = new(new SocketsHttpHandler { CookieContainer = new(), AllowAutoRedirect = false }) { BaseAddress = new(address, "/api/v1/") };

    public static ApiClient Anonymous(Uri address) => new(address);

    /// <param name="answerLimit">How long an answer may take before the client gives it up. Signing in may take longer.</param>
    public static async Task<ApiClient> SignInAsync(Uri address, string userName, string password = "Workflow-2026", TimeSpan? answerLimit = null)
    {
        var client = new ApiClient(address);
        var answer = await client.PostAsync("session", new { userName, password });
        client.answerLimit = answerLimit ?? client.answerLimit;
        return answer.IsSuccess ? client : throw new InvalidOperationException($"{userName} could not sign in: {answer.Status} {answer.Body}");
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(new(HttpMethod.Get, path));

    /// <summary>A file, as it comes.</summary>
    public Task<byte[]> DownloadAsync(string path) => http.GetByteArrayAsync(path);

    public Task<ApiAnswer> PostAsync(string path, object body, string? key = null) =>
        SendAsync(new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, key);

    /// <summary>Sends a body as it is, well-formed or not.</summary>
    public Task<ApiAnswer> PostRawAsync(string path, string body, string contentType = "application/json", params IReadOnlyList<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, contentType) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return SendAsync(request);
    }

    /// <summary>Any request; a body is sent as it is.</summary>
    public Task<ApiAnswer> RequestAsync(HttpMethod method, string path, string? body = null, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return SendAsync(request, key);
    }

    public Task<ApiAnswer> AttachAsync(string workItem, byte[] bytes, string fileName = "photo.png", string? key = null)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", fileName } };
        return SendAsync(new(HttpMethod.Post, $"work-items/{workItem}/evidence") { Content = form }, key);
    }

    /// <summary>A form as it is, to the evidence of a work item.</summary>
    public Task<ApiAnswer> AttachAsync(string workItem, HttpContent form) => SendAsync(new(HttpMethod.Post, $"work-items/{workItem}/evidence") { Content = form });

    /// <summary>An answer as it comes, with its headers; for what is no JSON.</summary>
    public Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request) => http.SendAsync(request);

    public Task<ApiAnswer> RaiseAsync(string subject, string area = "510107064", string? key = null) =>
        PostAsync("tasks", new { definitionId = "air-station-alarm", areaCode = area, subject, inputs = new { pm25 = 180.5 } }, key);

    public async Task<IReadOnlyList<JsonElement>> TodoAsync() => [.. (await GetAsync("work-items?list=todo&limit=200")).Body.GetProperty("items").EnumerateArray()];

    /// <summary>The open item of a task in this person's inbox; null when there is none.</summary>
    public async Task<JsonElement?> ItemOfAsync(string task)
    {
        var found = (await TodoAsync()).FirstOrDefault(item => item.GetProperty("taskId").GetString() == task);
        return found.ValueKind == JsonValueKind.Object ? found : null;
    }

    /// <summary>Claims and completes this person's item of a task.</summary>
    public async Task<ApiAnswer> HandleAsync(string task, string outcome, JsonObject values, bool withPhoto = false)
    {
        var item = await ItemOfAsync(task) ?? throw new InvalidOperationException($"no item of task {task}");
        var id = item.GetProperty("id").GetString()!;
        var claimed = await PostAsync($"work-items/{id}/claim", new { revision = item.GetProperty("revision").GetInt32() });
        if (!claimed.IsSuccess) return claimed;
        if (withPhoto && await AttachAsync(id, Png) is { IsSuccess: false } refused) return refused;
        return await PostAsync($"work-items/{id}/completion", new { revision = claimed.Revision, outcome, values });
    }

    public void Dispose() => http.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request, string? key = null)
    {
        using (request)
        {
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            // A server that refuses a large body does not read it: who is still writing would see a broken connection instead of the answer.
            if (request.Content?.Headers.ContentLength > LargeBytes) request.Headers.ExpectContinue = true;
            using var limit = new CancellationTokenSource(answerLimit);
            using var response = await http.SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            return new(response.StatusCode, text.Length > 0 && response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true ? JsonElement.Parse(text) : default)
            {
                ETag = response.Headers.ETag?.ToString(),
                Location = response.Headers.Location?.ToString(),
                RetryAfter = response.Headers.RetryAfter?.Delta,
            };
        }
    }
}
