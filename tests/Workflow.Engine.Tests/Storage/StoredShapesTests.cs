using System.Text;
using System.Text.Json.Nodes;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Tests.Storage;

public class StoredShapesTests
{
    /// <summary>Version 2 renamed a member, version 3 doubles a number.</summary>
    private static readonly StoredShapes Third = new(
        3,
        new(1, (_, json) => new JsonObject { ["value"] = json["old"]!.DeepClone() }),
        new(2, (_, json) => new JsonObject { ["value"] = json["value"]!.GetValue<int>() * 2 }));

    private sealed record Thing(int Value);

    [Theory]
    [InlineData(1, "{\"old\":4}", 8)]
    [InlineData(2, "{\"value\":4}", 8)]
    [InlineData(3, "{\"value\":4}", 4)]
    public void What_was_written_under_an_older_number_is_read_through_every_upgrade_after_it(int number, string stored, int value)
    {
        Third.Read<Thing>("thing", Encoding.UTF8.GetBytes(stored), number).ShouldBe(new(value));
        JsonNode.Parse(Third.Read("thing", stored, number))!["value"]!.GetValue<int>().ShouldBe(value);
    }

    [Fact]
    public void What_was_written_under_a_newer_number_is_refused_with_both_numbers()
    {
        var refused = Should.Throw<NewerShapeException>(() => Third.Read<Thing>("thing", "{}"u8.ToArray(), 4));

        refused.Why.ShouldBe(new(Reason.StoredByNewerVersion, "thing of shape 3 or older", "shape 4, which a newer version of the server has written"));
        refused.Why.IsPassing.ShouldBeTrue("another server can do it");
    }

    [Fact]
    public void A_gap_in_the_upgrades_is_our_own_bug() =>
        Should.Throw<ArgumentException>(() => new StoredShapes(3, new ShapeUpgrade(2, (_, json) => json))).Message.ShouldContain("expected an upgrade from each number below 3, found 2");
}
