using FsCheck.Fluent;
using Workflow.Engine.Clocks;
using Xunit.Abstractions;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Engine.Tests.Clocks;

public class RungTimeTests(ITestOutputHelper output)
{
    // The clock: 4wh from Friday 2026-09-11 16:00, due on Monday at 12:00.
    [Theory]
    [InlineData("50%", "2026-09-14T10:00+08:00")]
    [InlineData("25%", "2026-09-11T17:00+08:00")]
    [InlineData("150%", "2026-09-14T15:00+08:00")]
    [InlineData("+0", "2026-09-14T12:00+08:00")]
    [InlineData("-PT10M", "2026-09-14T11:50+08:00")]
    [InlineData("-PT6H", "2026-09-14T06:00+08:00")]
    [InlineData("+PT30M", "2026-09-14T12:30+08:00")]
    [InlineData("+2wh", "2026-09-14T15:00+08:00")]
    [InlineData("-1wh", "2026-09-14T11:00+08:00")]
    [InlineData("-3wh", "2026-09-14T09:00+08:00")]
    [InlineData("-3.5wh", "2026-09-11T16:30+08:00")]
    [InlineData("-40wh", "2026-09-04T15:00+08:00")] // two weekends back
    public void A_rung_lies_at_a_share_of_the_target_or_around_the_due_time(string text, string at)
    {
        var rung = Rung(text).At(Target("4wh"), China, Since("2026-09-11T16:00+08:00"));

        rung.ShouldBe(At(at));
        rung!.Value.Offset.ShouldBe(TimeSpan.FromHours(8));
        Rung(text).ToString().ShouldBe(text);
    }

    [Fact]
    public void A_share_that_was_counted_before_the_clock_stopped_is_reached_and_what_rests_on_the_due_time_is_not()
    {
        var spans = new[] { Span("2026-09-11T16:00+08:00", "2026-09-14T10:30+08:00", "waiting") };

        Rung("50%").At(Target("4wh"), China, [.. spans]).ShouldBe(At("2026-09-14T10:00+08:00"));
        Rung("75%").At(Target("4wh"), China, [.. spans]).ShouldBeNull();
        Rung("-2wh").At(Target("4wh"), China, [.. spans]).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("0%")]
    [InlineData("-5%")]
    [InlineData("1001%")]
    [InlineData("50")]
    [InlineData("PT10M")]
    [InlineData("-0")]
    [InlineData("+PT0S")]
    [InlineData("+-PT5M")]
    [InlineData("+1mo")]
    [InlineData("+0wd")]
    [InlineData("+2026-12-01T17:00Z")]
    public void Anything_else_is_refused_with_what_was_expected_and_what_was_found(string text)
    {
        RungTime.TryParse(text, out var time, out var problem).ShouldBeFalse();

        time.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldStartWith("expected ");
        problem.ShouldContain($"found '{text}'");
    }

    [Fact]
    public void Every_kind_of_rung_time_has_an_instant_and_a_text_that_parses_to_it()
    {
        var length = Gen.Choose(1, 1_000_000).Select(number => TimeSpan.FromTicks(number * 77_777L));
        var times = from number in Gen.Choose(1, 1_000_000)
                    from fromDue in Gen.OneOf(length, length.Select(positive => -positive))
                    let kinds = new RungTime[] { new RungTime.Fraction(number / 123_456m), new RungTime.WallClock(fromDue), new RungTime.WorkingTime(fromDue), new RungTime.WholeDays(number % 2 == 0 ? -number % 3000 - 1 : (number % 3000) + 1, number % 3 == 0 ? DayUnit.Working : DayUnit.Calendar) }
                    from time in Gen.Elements(kinds)
                    select time;
        typeof(RungTime).GetNestedTypes().Length.ShouldBe(4, "a new kind belongs in this test");
        output.Check(1_000, times, time =>
        {
            time.At(Target("4wh"), China, Since("2026-09-11T16:00+08:00")).ShouldNotBeNull();
            Rung(time.ToString()).ShouldBe(time);
        });
    }

    private static RungTime Rung(string text) => RungTime.TryParse(text, out var time, out var problem) ? time : throw new FormatException(problem);
}
