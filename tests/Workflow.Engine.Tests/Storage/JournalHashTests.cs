using System.Reflection;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Tests.Storage;

public class JournalHashTests
{
    private static readonly InstanceId A = new(Guid.Parse("0199e000-0000-7000-8000-000000000001"));
    private static readonly InstanceId B = new(Guid.Parse("0199e000-0000-7000-8000-000000000002"));

    private static readonly JournalRow[] Rows = Chain(
        Row(1, "Started", "u-1", "李静", "[{\"fact\":\"instance-started\"}]"),
        Row(2, "TimerFired", null, null, "[]"),
        Row(3, "WorkItemClaimed", "u-2", "", "[{\"fact\":\"item-claimed\"}]"),
        Row(4, "WorkItemCompleted", "u-2", "王磊", "[]"));

    private static readonly byte[] End = Rows[^1].Hash;

    public static TheoryData<string> Columns => [.. typeof(JournalRow).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(column => column.Name)];

    [Fact]
    public void An_untouched_journal_holds()
    {
        JournalHash.FirstBreak(Rows, End).ShouldBeNull();
        JournalHash.FirstBreak([], JournalHash.Start).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void A_change_in_any_column_is_found_at_its_row(string column)
    {
        var property = typeof(JournalRow).GetProperty(column)!;
        for (var index = 0; index < Rows.Length; index++)
            foreach (var value in OthersThan(property.GetValue(Rows[index]), property.PropertyType))
            {
                var rows = Rows.ToArray();
                rows[index] = Rows[index] with { };
                property.SetValue(rows[index], value);

                JournalHash.FirstBreak(rows, End).ShouldBe(column == nameof(JournalRow.Revision) ? rows[index].Revision : index + 1, $"{column} = '{value}' in row {index + 1}");
            }
    }

    [Fact]
    public void A_row_that_is_missing_doubled_or_put_elsewhere_is_found()
    {
        for (var index = 0; index < Rows.Length; index++)
        {
            JournalHash.FirstBreak([.. Rows[..index], .. Rows[(index + 1)..]], End).ShouldNotBeNull($"without row {index + 1}");
            JournalHash.FirstBreak([.. Rows[..index], Rows[index], .. Rows[index..]], End).ShouldNotBeNull($"row {index + 1} twice");
        }
        for (var index = 1; index < Rows.Length; index++)
        {
            JournalRow[] swapped = [.. Rows[..(index - 1)], Rows[index], Rows[index - 1], .. Rows[(index + 1)..]];
            JournalHash.FirstBreak(swapped, End).ShouldNotBeNull($"rows {index} and {index + 1} swapped");
        }
        JournalHash.FirstBreak(Rows[..3], End).ShouldBe(4, "the last row is missed because the instance keeps its hash");
    }

    [Fact]
    public void Text_that_moves_from_one_column_to_the_next_is_found()
    {
        var row = Row(1, "Started", "u-1\nx", "y", "[]");
        var moved = row with { ActorId = "u-1", ActorName = "x\ny" };

        JournalHash.Of(JournalHash.Start, moved).ShouldNotBe(JournalHash.Of(JournalHash.Start, row));
    }

    [Fact]
    public void Rows_that_belong_to_another_instance_do_not_pass_for_these()
    {
        var other = Chain(Rows.Select(row => row with { InstanceId = B }).ToArray());

        JournalHash.FirstBreak([.. Rows[..2], .. other[2..]], other[^1].Hash).ShouldBe(3);
    }

    private static IEnumerable<object?> OthersThan(object? value, Type type)
    {
        if (type == typeof(int)) return [(int)value! + 1];
        if (type == typeof(DateTimeOffset)) return [((DateTimeOffset)value!).AddTicks(1)];
        return value switch
        {
            null => ["", "-"],
            "" => [null, " "],
            InstanceId => [B],
            byte[] bytes => [bytes[1..], (byte[])[.. bytes, 0]],
            string text => [text + " ", text[1..]],
            _ => throw new NotSupportedException(type.Name),
        };
    }

    private static JournalRow Row(int revision, string stimulus, string? actorId, string? actorName, string facts) => new()
    {
        InstanceId = A, Revision = revision, At = DateTimeOffset.UnixEpoch.AddMinutes(revision), Stimulus = stimulus, ActorId = actorId, ActorName = actorName, ActorAddress = actorId is null ? null : "10.0.0.1",
        Schema = 1, Facts = System.Text.Encoding.UTF8.GetBytes(facts), HashAlgorithm = JournalHash.Algorithm, Hash = [],
    };

    private static JournalRow[] Chain(params JournalRow[] rows)
    {
        var previous = JournalHash.Start;
        return [.. rows.Select(row => row with { Hash = previous = JournalHash.Of(previous, row) })];
    }
}
