using Workflow.Engine.Clocks;
using static Workflow.Engine.Tests.Clocks.Calendars;

namespace Workflow.Engine.Tests.Clocks;

public class OddPausingTests
{
    private static readonly OddPausingOptions Options = new() { AroundClosing = 3, ManyShort = 4, LeastOfTeam = 5, SharePercent = 60 };

    private static readonly string[] RestDays = ["2026-09-12", "2026-09-13", "2026-09-26"];
    private static readonly string[] Workdays = ["2026-09-20", "2026-10-10", "2026-09-14"];

    [Fact]
    public void Who_pauses_around_closing_time_every_day_is_listed_and_who_pauses_at_noon_is_not()
    {
        var pauses = Enumerable.Range(14, 4).SelectMany(day => new[] { Seen("clerk", "a", $"2026-09-{day}T16:40", $"2026-09-{day + 1}T09:10"), Seen("other", "a", $"2026-09-{day}T11:00", $"2026-09-{day}T14:00") });

        var odd = OddPausing.Find([.. pauses], Options).ShouldHaveSingleItem();

        (odd.UserId, odd.AroundClosing, odd.Short, odd.SharePercent).ShouldBe(("clerk", 4, 0, 50));
        odd.Marks.ShouldBe([OddPauseMark.AroundClosing]);
        odd.Pauses.Select(pause => pause.From).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void The_closing_time_of_a_rest_day_is_none_and_that_of_a_make_up_workday_is_one()
    {
        OddPausing.Find([.. RestDays.Select(day => Seen("a", "t", $"{day}T16:50", $"{day}T19:00"))], Options).ShouldBeEmpty();

        OddPausing.Find([.. Workdays.Select(day => Seen("a", "t", $"{day}T16:50", $"{day}T19:00"))], Options).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_closing_time_is_that_of_the_calendar_of_each_pause()
    {
        var early = Read(ChinaText.Replace("13:00-17:00", "13:00-15:00", StringComparison.Ordinal));
        List<PauseSeen> Three(string time, BusinessCalendar calendar) => [.. Workdays.Select(day => Seen("a", "t", $"{day}T{time}", $"{day}T19:00", calendar))];

        OddPausing.Find(Three("14:50", early), Options).ShouldHaveSingleItem().AroundClosing.ShouldBe(3);
        OddPausing.Find(Three("16:50", early), Options).ShouldBeEmpty();
        OddPausing.Find(Three("16:50", BusinessCalendar.Continuous), Options).ShouldBeEmpty();
    }

    [Fact]
    public void Many_short_ones_and_always_the_same_person_are_marked()
    {
        var pauses = Enumerable.Range(0, 5).Select(number => Seen("a", "t", $"2026-09-14T1{number}:00", $"2026-09-14T1{number}:20")).Append(Seen("b", "t", "2026-09-14T10:00", null));

        var odd = OddPausing.Find([.. pauses], Options).ShouldHaveSingleItem();

        odd.Marks.ShouldBe([OddPauseMark.ManyShort, OddPauseMark.MostOfTeam]);
        (odd.Short, odd.SharePercent).ShouldBe((5, 83));
    }

    private static PauseSeen Seen(string user, string team, string from, string? to, BusinessCalendar? calendar = null) =>
        new($"{user}{from}", user, team, At(from + "+08:00"), to is null ? null : At(to + "+08:00"), calendar ?? China);
}
