using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Storage;

/// <summary>What is indexed fits into an index, whatever the length of what comes in.</summary>
[Collection(Stores.Collection)]
public class KeyLengthTests(Stores stores)
{
    /// <summary>More than a row of any index, also when it is compressed.</summary>
    private static readonly string Long = string.Concat(Enumerable.Range(0, 4000).Select(number => $"{number:x}号"));

    public static TheoryData<string> All => Stores.All;

    /// <summary>Key columns of a clustered index and of another, bytes of a character. SQLite has no limit.</summary>
    [Theory]
    [InlineData(nameof(DatabaseProvider.SqlServer), 900, 1700, 2)]
    [InlineData(nameof(DatabaseProvider.Postgres), 2700, 2700, 4)]
    public void Every_index_fits_the_limit_of_its_provider(string provider, int clustered, int other, int characterBytes)
    {
        foreach (var db in Contexts.Of(provider))
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            BytesOf(table.PrimaryKey!.Columns, characterBytes).ShouldBeLessThanOrEqualTo(clustered, $"{provider}: key of {table.Name}");
            foreach (var index in table.Indexes) BytesOf(index.Columns, characterBytes).ShouldBeLessThanOrEqualTo(other, $"{provider}: {index.Name}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_instance_may_wait_for_an_event_with_a_name_of_any_length(string store)
    {
        var name = Long;
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), $$"""
            { "definitionId": "long", "root": { "id": "e", "type": "Elsa.Event", "eventName": "{{name}}" } }
            """);
        var id = await engine.BeginAsync("long", correlationId: name);

        var reached = await engine.PublishEventAsync(new(name, name, null, null), new(new(Guid.CreateVersion7(engine.Time.Now)), 0));

        reached.Resumed.ShouldBe([id]);
        (await engine.ReadAsync(id)).Status.ShouldBe(InstanceStatus.Finished);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_answer_is_remembered_under_a_key_a_route_and_a_caller_of_any_length(string store)
    {
        await using var engine = await EngineHost.StartAsync(await stores.NewAsync(store), """{ "definitionId": "w", "root": { "id": "e", "type": "Elsa.Event", "eventName": "go" } }""");
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        var command = new Command(id, new Stimulus.Started(id, System.Collections.Immutable.ImmutableDictionary<string, System.Text.Json.JsonElement>.Empty, null) { At = engine.Time.Now })
        {
            Definition = new("w", 1), Key = new(Long, Long, Long, "body"), Answer = _ => "answered",
        };

        (await engine.Queue.SubmitAsync(command)).ShouldBeOfType<CommandResult.Applied>();

        (await engine.Queue.SubmitAsync(command)).ShouldBeOfType<CommandResult.Remembered>().Answer.ShouldBe("answered");
        (await engine.Queue.SubmitAsync(command with { Key = command.Key with { Caller = Long + "b" } })).Refusal!.Reason.ShouldBe(Reason.AlreadyStarted);
    }

    private static int BytesOf(IEnumerable<IColumnBase> columns, int characterBytes) => columns.Sum(column =>
    {
        var mapping = column.PropertyMappings[0].TypeMapping;
        var type = mapping.Converter?.ProviderClrType ?? mapping.ClrType;
        if (type != typeof(string) && type != typeof(byte[])) return 16;
        var size = column.PropertyMappings[0].Property.GetMaxLength() ?? mapping.Size;
        size.ShouldNotBeNull($"{column.Table.Name}.{column.Name}: expected a maximum length of what is indexed");
        return size!.Value * (type == typeof(string) ? characterBytes : 1);
    });
}
