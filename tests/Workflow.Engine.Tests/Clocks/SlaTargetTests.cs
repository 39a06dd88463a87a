using FsCheck.Fluent;
using Workflow.Engine.Clocks;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Clocks;

public class SlaTargetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("PT20M", "00:20:00", "PT20M")]
    [InlineData("PT24H", "1.00:00:00", "P1D")]
    [InlineData("P1DT2H", "1.02:00:00", "P1DT2H")]
    [InlineData("PT1.5S", "00:00:01.5", "PT1.5S")]
    [InlineData("P3660D", "3660.00:00:00", "P3660D")]
    public void A_duration_is_a_continuous_target(string text, string length, string canonical)
    {
        var target = Calendars.Target(text);

        target.ShouldBe(new SlaTarget.Continuous(TimeSpan.Parse(length, null)));
        target.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("4wh", "04:00:00", "4wh")]
    [InlineData("0.50wh", "00:30:00", "0.5wh")]
    [InlineData("40wh", "1.16:00:00", "40wh")]
    public void Working_hours_may_have_a_fraction(string text, string length, string canonical)
    {
        var target = Calendars.Target(text);

        target.ShouldBe(new SlaTarget.WorkingHours(TimeSpan.Parse(length, null)));
        target.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("3wd", 3, DayUnit.Working, "3wd")]
    [InlineData("015cd", 15, DayUnit.Calendar, "15cd")]
    [InlineData("120mo", 120, DayUnit.Month, "120mo")]
    public void Days_and_months_are_counted_whole(string text, int count, DayUnit unit, string canonical)
    {
        var target = Calendars.Target(text);

        target.ShouldBe(new SlaTarget.Days(count, unit));
        target.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("2026-12-01T17:00+08:00", "2026-12-01T17:00:00+08:00")]
    [InlineData("2026-12-01T09:00:00.25Z", "2026-12-01T09:00:00.25+00:00")]
    public void An_instant_has_an_offset(string text, string canonical)
    {
        var target = Calendars.Target(text);

        target.ShouldBe(new SlaTarget.Fixed(Calendars.At(text)));
        target.ToString().ShouldBe(canonical);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P1M")]
    [InlineData("0wd")]
    [InlineData("1.5wd")]
    [InlineData("3661cd")]
    [InlineData("121mo")]
    [InlineData("999999999mo")]
    [InlineData("2026-12-01T17:00")]
    [InlineData("2026-13-01T17:00Z")]
    [InlineData("P1Y")]
    [InlineData("P1W")]
    [InlineData("-PT5M")]
    [InlineData("PT0S")]
    [InlineData("0wh")]
    [InlineData("0.00000000001wh")]
    [InlineData("P3660DT1S")]
    [InlineData("P999999999D")]
    [InlineData("4WH")]
    [InlineData("4 wh")]
    [InlineData("4wh\n")]
    [InlineData("٤wh")]
    public void Anything_else_is_refused_with_what_was_expected_and_what_was_found(string text)
    {
        SlaTarget.TryParse(text, out var target, out var problem).ShouldBeFalse();

        target.ShouldBeNull();
        problem.ShouldNotBeNull().ShouldStartWith("expected ");
        problem.ShouldEndWith($"found '{text}'");
    }

    [Fact]
    public void A_target_cannot_be_built_without_a_length()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SlaTarget.WorkingHours(TimeSpan.Zero));
        Should.Throw<ArgumentOutOfRangeException>(() => new SlaTarget.Continuous(TimeSpan.FromDays(3661)));
    }

    [Fact]
    public void The_canonical_text_of_any_target_parses_to_the_same_target()
    {
        var ticks = from high in Gen.Choose(0, 3659) from low in Gen.Choose(1, 863_999_999) select (high * TimeSpan.TicksPerDay) + (low * 1000L) + (low % 1000);
        output.Check(10_000, ticks, length =>
        {
            SlaTarget continuous = new SlaTarget.Continuous(TimeSpan.FromTicks(length));
            SlaTarget working = new SlaTarget.WorkingHours(TimeSpan.FromTicks(length));

            Calendars.Target(continuous.ToString()).ShouldBe(continuous);
            Calendars.Target(working.ToString()).ShouldBe(working);
        });
    }
}
