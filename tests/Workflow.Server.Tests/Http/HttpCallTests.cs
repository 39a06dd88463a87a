using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflow.Activities.Http;
using Workflow.Engine.Instances;
using Workflow.Server.Http;

namespace Workflow.Server.Tests.Http;

/// <summary>Requests against a real server on loopback.</summary>
public sealed class HttpCallTests : IAsyncLifetime
{
    private static readonly EffectId Id = new(new(Guid.Parse("0199e000-0000-7000-8000-000000000001")), 7);

    private readonly List<(string Method, string Path, string Key, string? Authorization, string Body)> heard = [];
    private readonly List<string> keys = [];
    private WebApplication target = null!;

    private string Address => target.Urls.First();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        target = builder.Build();
        target.Use(async (context, next) =>
        {
            using var body = new StreamReader(context.Request.Body);
            var (headers, text) = (context.Request.Headers, await body.ReadToEndAsync());
            lock (heard) heard.Add((context.Request.Method, context.Request.Path, headers["Idempotency-Key"].ToString(), headers.Authorization, text));
            lock (keys) keys.Add(headers["X-Key"].ToString());
            await next(context);
        });
        target.MapGet("/json", () => Results.Json(new { pm25 = 80 }));
        target.MapPost("/json", () => Results.Json(new { taken = true }, statusCode: 201));
        target.MapGet("/big", () => new string('x', 5000));
        target.MapGet("/busy", () => Results.StatusCode(503));
        target.MapGet("/bytes", () => Results.Bytes([0xff, 0xfe, 0x00]));
        target.MapGet("/circle", () => Results.Redirect("/circle"));
        target.MapGet("/away", () => Results.Redirect("http://elsewhere.example/"));
        target.MapGet("/beside", () => Results.Redirect($"{Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/json"));
        target.MapPost("/moved", () => Results.Redirect("/json"));
        target.MapGet("/never", (CancellationToken cancel) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel));
        await target.StartAsync();
    }

    public async Task DisposeAsync() => await target.DisposeAsync();

    [Fact]
    public async Task An_answer_comes_with_status_headers_and_body_and_the_request_carried_the_id()
    {
        var reply = await SendAsync(Call("POST", "/json") with { Content = """{"a":1}""", ContentType = "application/json", Headers = [new("Authorization", ["Bearer x"])] });

        (reply.End, reply.StatusCode, reply.ContentType, reply.Content).ShouldBe((HttpEnd.Answered, 201, "application/json", """{"taken":true}"""));
        heard.ShouldHaveSingleItem().ShouldBe(("POST", "/json", Id.ToString(), "Bearer x", """{"a":1}"""));
    }

    [Fact]
    public async Task A_loopback_address_is_refused_unless_it_is_allowed_whatever_name_leads_to_it()
    {
        foreach (var url in new[] { $"{Address}/json", $"{Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/json", $"{Address.Replace("127.0.0.1", "[::ffff:127.0.0.1]", StringComparison.Ordinal)}/json" })
            (await SendAsync(Call("GET", "/json") with { Url = url }, options => options.AllowPrivateAddresses = false)).ShouldSatisfyAllConditions(
                reply => reply.End.ShouldBe(HttpEnd.Refused), reply => reply.Message!.ShouldContain("expected an address outside"));
        heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://elsewhere.example/", "expected one of the setting Http:AllowedHosts")]
    [InlineData("file:///etc/passwd", "expected an address with http or https")]
    [InlineData("nonsense", "expected an address with http or https")]
    public async Task Another_host_is_refused(string url, string why)
    {
        var reply = await SendAsync(Call("GET", "/json") with { Url = url });

        (reply.End, reply.Message!.Contains(why, StringComparison.Ordinal)).ShouldBe((HttpEnd.Refused, true), reply.Message);
    }

    [Theory]
    [InlineData("GET", "/away", "host 'elsewhere.example'")]
    [InlineData("GET", "/circle", "at most 5 redirects")]
    [InlineData("GET", "/big", "at most 4000 bytes")]
    public async Task What_leads_elsewhere_or_is_too_large_is_refused(string method, string path, string why) =>
        (await SendAsync(Call(method, path))).Message!.ShouldContain(why);

    [Fact]
    public async Task A_redirect_of_a_post_is_followed_with_a_get()
    {
        var reply = await SendAsync(Call("POST", "/moved") with { Content = "x", ContentType = "text/plain" });

        reply.Content.ShouldBe("""{"pm25":80}""");
        heard.Select(request => $"{request.Method} {request.Path} {request.Body}".TrimEnd()).ShouldBe(["POST /moved x", "GET /json"]);
    }

    [Fact]
    public async Task A_secret_stands_in_the_request_that_is_sent_and_its_reference_in_the_call()
    {
        var call = Call("GET", "/json") with { Headers = [new("Authorization", ["Bearer {{secret:CITY_API}}"]), new("X-Key", ["a{{secret:{{secret:key}}-{{secret:key}}}}"])] };

        await SendAsync(call, options => Configured("CITY_API", "s3cret", "Key", "k").Bind(options));

        heard.ShouldHaveSingleItem().Authorization.ShouldBe("Bearer s3cret");
        keys.ShouldBe(["a{{secret:k-k}}"], "what is no reference is sent as it is");
        JsonSerializer.Serialize(call, InstanceJson.Options).ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task An_unknown_secret_is_refused_before_anything_is_sent_and_not_tried_again()
    {
        var reply = await SendAsync(Call("GET", "/json") with { Headers = [new("Authorization", ["Bearer {{secret:CITY}}"])], Retries = true });

        (reply.End, reply.Message).ShouldBe((HttpEnd.Refused, "secret 'CITY': expected one of the setting Http:Secrets, found none of this name"));
        heard.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_header_with_a_secret_does_not_follow_a_redirect_to_another_server()
    {
        var call = Call("GET", "/beside") with { Headers = [new("Authorization", ["Bearer x"]), new("X-Key", ["{{secret:key}}"])] };

        (await SendAsync(call, options => options.Secrets["key"] = "k")).StatusCode.ShouldBe(200);

        heard.Select(request => (request.Path, request.Authorization)).ShouldBe([("/beside", "Bearer x"), ("/json", null)]);
        keys.ShouldBe(["k", ""]);
    }

    [Fact]
    public async Task What_goes_wrong_on_the_way_is_an_answer_or_with_retries_a_failure()
    {
        (await SendAsync(Call("GET", "/json") with { Url = "http://127.0.0.1:1/" })).End.ShouldBe(HttpEnd.FailedToConnect);
        (await SendAsync(Call("GET", "/never"), options => options.TimeoutSeconds = 0.2)).End.ShouldBe(HttpEnd.Timeout);
        (await SendAsync(Call("GET", "/busy"))).StatusCode.ShouldBe(503);
        (await SendAsync(Call("GET", "/bytes"))).Content.ShouldBe(Convert.ToBase64String([0xff, 0xfe, 0x00]));
        await Should.ThrowAsync<HttpRequestException>(() => SendAsync(Call("GET", "/json") with { Url = "http://127.0.0.1:1/", Retries = true }));
        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(Call("GET", "/busy") with { Retries = true }));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("169.254.169.254", true)]
    [InlineData("::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:192.168.0.1", true)]
    [InlineData("64:ff9b::a00:1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("2400:3200::1", false)]
    public void Addresses_inside_are_told_from_those_outside(string address, bool isInside) => OutsideAddress.IsInside(IPAddress.Parse(address)).ShouldBe(isInside);

    [Theory]
    [InlineData("api.example.org", true)]
    [InlineData("API.example.org", true)]
    [InlineData("a.b.example.com", true)]
    [InlineData("example.com", false)]
    [InlineData("evilexample.com", false)]
    public void A_star_stands_for_the_names_below_a_host(string host, bool allows) =>
        new HttpOptions { AllowedHosts = ["api.example.org", "*.example.com"] }.Allows(host).ShouldBe(allows);

    private static IConfiguration Configured(params string[] secrets) => new ConfigurationBuilder()
        .AddInMemoryCollection(secrets.Chunk(2).Select(pair => KeyValuePair.Create($"Secrets:{pair[0]}", (string?)pair[1]))).Build();

    private HttpCall Call(string method, string path) => new(method, $"{Address}{path}", null, null, [], false);

    private static async Task<HttpReply> SendAsync(HttpCall call, Action<HttpOptions>? set = null)
    {
        var options = new HttpOptions { AllowedHosts = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "::ffff:127.0.0.1", "[::ffff:7f00:1]", "::ffff:7f00:1"], AllowPrivateAddresses = true, MaxResponseBytes = 4000 };
        set?.Invoke(options);
        using var handler = new HttpCallHandler(Options.Create(options), new(Options.Create(options)));
        var reply = (HttpReply)(await handler.HandleAsync(call, Id, CancellationToken.None))!;
        // As it is stored between the handler and the activity.
        return JsonSerializer.Deserialize<HttpReply>(JsonSerializer.Serialize(reply, InstanceJson.Options), InstanceJson.Options)!;
    }
}
