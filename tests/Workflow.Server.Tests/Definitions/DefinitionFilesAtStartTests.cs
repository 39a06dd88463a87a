using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Definitions;

/// <summary>Files that are published at every start, beside what people publish over the API.</summary>
public sealed class DefinitionFilesAtStartTests : IAsyncLifetime
{
    private ServerProcess Server { get; } = new(ServerProcess.NewFolder());

    private readonly string definitions = ServerProcess.NewFolder();

    private string File => Path.Combine(definitions, "workflows", "both.json");

    public async Task InitializeAsync()
    {
        foreach (var folder in new[] { "calendars", "organisation", "workflows" })
        {
            Directory.CreateDirectory(Path.Combine(definitions, folder));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(ServerProcess.RepositoryRoot, "definitions", folder)))
                System.IO.File.Copy(file, Path.Combine(definitions, folder, Path.GetFileName(file)));
        }
        Server.Settings["Data__Definitions"] = definitions;
        await System.IO.File.WriteAllTextAsync(File, Documents.Waiting("both", "one"));
        await Server.StartAsync();
        using var client = await ApiClient.SignInAsync(Server.Address, "designer");
        await client.PublishAsync("both", Documents.Waiting("both", "two"));
        await client.PublishAsync("both", Documents.Waiting("both", "three"));
        await Server.KillAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(definitions, recursive: true);
    }

    [Fact]
    public async Task A_file_that_the_definition_has_gone_on_from_changes_nothing()
    {
        await Server.StartAsync();
        using var client = await ApiClient.SignInAsync(Server.Address, "designer");

        var card = await client.GetAsync("definitions/both");

        (card.Text("version"), card.Text("startsVersion"), card.Text("state")).ShouldBe(("3", "3", "published"));
        (await client.GetAsync("definitions/both/versions/1")).Text("publishedBy").ShouldBeNull();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_file_with_another_content_than_its_version_was_published_with_is_refused(int version)
    {
        await System.IO.File.WriteAllTextAsync(File, Documents.Waiting("both", "changed").Insert(1, $"\"version\":{version},"));

        (await Should.ThrowAsync<InvalidOperationException>(Server.StartAsync)).Message.ShouldContain($"both v{version}, which was published at");
    }

    [Fact]
    public async Task A_file_with_the_next_version_is_published()
    {
        await System.IO.File.WriteAllTextAsync(File, Documents.Waiting("both", "four").Insert(1, "\"version\":4,"));
        await Server.StartAsync();
        using var client = await ApiClient.SignInAsync(Server.Address, "designer");

        (await client.GetAsync("definitions/both")).Text("startsVersion").ShouldBe("4");
    }
}
