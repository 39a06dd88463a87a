using System.Net;
using System.Text;
using Workflow.Reliability.Processes;
using Workflow.Server.Hosting;

namespace Workflow.Server.Tests.Operations;

/// <summary>What is sent to a collector.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task Metrics_are_sent_to_the_configured_collector_as_protobuf()
    {
        var port = FreePort.Next();
        using var collector = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        collector.Start();
        await using var server = new ServerProcess(ServerProcess.NewFolder());
        server.Settings["Telemetry__OtlpEndpoint"] = $"http://127.0.0.1:{port}";
        server.Settings["Telemetry__OtlpHeaders"] = "x-tenant=city";
        server.Settings["Telemetry__IntervalSeconds"] = "0.2";
        await server.StartAsync();
        using var client = await ApiClient.SignInAsync(server.Address, "tech");
        (await client.RaiseAsync("measured")).Status.ShouldBe(HttpStatusCode.Created);

        string[] expected = ["workflow.commands", "workflow.commit.duration", "workflow.queue.length", "workflow.timers.lag", "http.server.request.duration", "service.name"];
        string[] missing = expected;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (missing.Length > 0)
        {
            var request = await collector.GetContextAsync().WaitAsync(limit.Token);
            using var body = new MemoryStream();
            await request.Request.InputStream.CopyToAsync(body, limit.Token);
            (request.Request.HttpMethod, request.Request.Url!.AbsolutePath, request.Request.ContentType, request.Request.Headers["x-tenant"])
                .ShouldBe(("POST", "/v1/metrics", "application/x-protobuf", "city"));
            // Names stand in protobuf as they are.
            var text = Encoding.UTF8.GetString(body.ToArray());
            missing = [.. missing.Where(name => !text.Contains(name, StringComparison.Ordinal))];
            request.Response.Close();
        }
    }

    [Fact]
    public void An_endpoint_that_is_no_address_is_refused() =>
        Should.Throw<UnusableSettingException>(() => new Telemetry(new() { OtlpEndpoint = "collector:4318" })).Message
            .ShouldBe("Telemetry:OtlpEndpoint: expected an http or https address, found 'collector:4318'");

    [Theory]
    [InlineData("x-tenant", "no '=' in the header number 1")]
    [InlineData("x-tenant=city,secret token=abc", "a name that is none in the header number 2")]
    [InlineData("=city", "a name that is none in the header number 1")]
    public void Headers_that_cannot_be_sent_are_refused_without_showing_them(string headers, string found) =>
        Should.Throw<UnusableSettingException>(() => new Telemetry(new() { OtlpEndpoint = "http://127.0.0.1:4318", OtlpHeaders = headers })).Message
            .ShouldBe($"Telemetry:OtlpHeaders: expected name=value,name=value, found {found}");
}
