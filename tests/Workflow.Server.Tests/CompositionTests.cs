using AutoMapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflow.Engine.Instances;
using Workflow.Reliability.Processes;
using Workflow.Server.Access;
using Workflow.Server.Commands;
using Workflow.Server.Hosting;
using Workflow.Server.Problems;

namespace Workflow.Server.Tests;

/// <summary>The server as it is put together, without a request.</summary>
public sealed class CompositionTests : IAsyncLifetime
{
    private readonly string folder = ServerProcess.NewFolder();
    private WebApplication app = null!;

    public async Task InitializeAsync() => app = await ServerHost.BuildAsync(new ServeSettings("http://127.0.0.1:0", folder, "Development", null, null), CancellationToken.None);

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_route_says_what_it_asks_of_its_caller()
    {
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();

        routes.Count.ShouldBeGreaterThan(15);
        // The framework's own route for files that appear while developing takes no metadata.
        routes.Where(route => route.Metadata.GetMetadata<RoutePermission>() is null).Select(route => route.RoutePattern.RawText)
            .Where(pattern => pattern != "{**path:file}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_mapping_is_complete() => app.Services.GetRequiredService<IMapper>().ConfigurationProvider.AssertConfigurationIsValid();

    [Fact]
    public void Every_reason_has_a_status() => Enum.GetValues<Reason>().Except(ProblemResults.Covered).ShouldBeEmpty();

    [Fact]
    public async Task In_production_too_a_bad_request_is_told_where_it_is_wrong_and_the_client_is_there()
    {
        await using var production = await ServerHost.BuildAsync(new ServeSettings("http://127.0.0.1:0", Path.Combine(folder, "production"), "Production", null, null), CancellationToken.None);
        await production.StartAsync();
        using var client = ApiClient.Anonymous(new Uri(production.Urls.First()));
        using var browser = new HttpClient { BaseAddress = new Uri(production.Urls.First()) };

        var answer = await client.PostRawAsync("session", """{"userName":5}""");

        answer.Text("reason").ShouldBe("input-invalid");
        answer.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/userName");
        (await browser.GetStringAsync(new Uri("/tasks", UriKind.Relative))).ShouldContain("<div id=\"root\"");
    }

    [Fact]
    public async Task A_demo_clock_is_refused_outside_development()
    {
        var settings = new ServeSettings(null, folder, "Production", new(2026, 10, 3, 2, 14, 0, TimeSpan.FromHours(8)), 60);

        (await Should.ThrowAsync<UnusableSettingException>(() => ServerHost.BuildAsync(settings, CancellationToken.None))).Message.ShouldContain("Development");
    }
}
