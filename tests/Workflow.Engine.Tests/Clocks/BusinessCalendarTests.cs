using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Tests.Clocks;

public class BusinessCalendarTests
{
    [Fact]
    public void The_government_calendar_knows_the_announced_years()
    {
        var calendar = Calendars.China;

        (calendar.Id, calendar.Name, calendar.TimeZone, calendar.IsContinuous).ShouldBe(("cn-gov", "政府机关工作日历", "Asia/Shanghai", false));
        calendar.KnownYears.Order().ShouldBe(Enumerable.Range(2018, 9));
        calendar.Days.Values.Count(day => day.Kind == CalendarDayKind.Holiday).ShouldBe(261);
        calendar.Days.Values.Count(day => day.Kind == CalendarDayKind.MakeupWorkday).ShouldBe(59);
        calendar.Days[new DateOnly(2026, 10, 10)].ShouldBe(new CalendarDay(CalendarDayKind.MakeupWorkday, "国庆节"));
        calendar.HoursOn(DayOfWeek.Friday).ShouldBe([new WorkingInterval(new(9, 0), new(12, 0)), new WorkingInterval(new(13, 0), new(17, 0))]);
        calendar.HoursOn(DayOfWeek.Saturday).ShouldBeEmpty();
        calendar.MakeupHours.ShouldBe(calendar.HoursOn(DayOfWeek.Monday));
    }

    [Fact]
    public void The_shipped_round_the_clock_calendar_is_the_built_in_one()
    {
        var calendar = Calendars.Read(Calendars.Shipped("24x7"));

        calendar.ShouldBe(BusinessCalendar.Continuous);
        calendar.HoursOn(DayOfWeek.Sunday).ShouldBe([new WorkingInterval(TimeOnly.MinValue, TimeOnly.MinValue)]);
    }

    [Fact]
    public void The_version_depends_on_what_counts_and_not_on_how_it_is_written()
    {
        var members = JsonNode.Parse(Calendars.ChinaText)!.AsObject().Reverse();
        var reordered = new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        reordered["description"] = "another text";
        var changed = Calendars.ChinaText.Replace("\"monday\": [\"09:00", "\"monday\": [\"08:30", StringComparison.Ordinal);

        Calendars.Read(reordered.ToJsonString()).Version.ShouldBe(Calendars.China.Version);
        Calendars.Read(changed).Version.ShouldNotBe(Calendars.China.Version);
        Calendars.China.Version.Length.ShouldBe(16);
    }

    [Fact]
    public void An_interval_may_end_at_the_end_of_the_day()
    {
        var calendar = Calendars.Amsterdam;

        var due = DueTime.Compute(Calendars.Target("24wh"), calendar, Calendars.Since("2026-07-01T00:00+02:00"));

        calendar.HoursOn(DayOfWeek.Wednesday).ShouldBe([new WorkingInterval(TimeOnly.MinValue, TimeOnly.MinValue)]);
        due.At.ShouldBe(Calendars.At("2026-07-02T00:00+02:00"));
    }

    [Fact]
    public void Every_problem_of_a_document_is_listed_with_its_place()
    {
        const string Broken = """
            {
              "schemaVersion": 2, "id": "Not An Id", "timeZone": "China Standard Time", "basis": " ", "source": 7, "colour": "red",
              "weeklyHours": {
                "monday": ["09:00-12:00", "11:00-17:00", "18:00-17:00", "9-12", "20:00-24:00", "24:00-24:00"], "tuesday": "09:00-17:00", "funday": []
              },
              "years": {
                "2026": [
                  { "date": "2026-02-29", "kind": "holiday", "name": "no such day" },
                  { "date": "2025-12-31", "kind": "holiday", "name": "another year" },
                  { "date": "2026-01-01", "kind": "holiday", "name": "元旦" },
                  { "date": "2026-01-01", "kind": "makeupWorkday", "name": "元旦" },
                  { "date": "2026-01-02", "kind": "festival", "name": "" },
                  7
                ],
                "2026": [],
                "next/year": {}
              }
            }
            """;
        var problems = new List<CalendarProblem>();

        BusinessCalendar.Read(JsonDocument.Parse(Broken).RootElement, problems).ShouldBeNull();

        problems.Select(problem => problem.Pointer).ShouldBe(
        [
            "/colour", "/source", "/schemaVersion", "/timeZone", "/id", "/name", "/weeklyHours/funday", "/weeklyHours/monday/1", "/weeklyHours/monday/2",
            "/weeklyHours/monday/3", "/weeklyHours/monday/5", "/weeklyHours/tuesday", "/years/2026", "/years/2026/0/date", "/years/2026/1/date",
            "/years/2026/3/date", "/years/2026/4/kind", "/years/2026/4/name", "/years/2026/5", "/years/2026/5/date", "/years/2026/5/kind",
            "/years/2026/5/name", "/years/next~1year", "/years/next~1year", "/basis",
        ], ignoreOrder: true);
        problems.ShouldContain(new CalendarProblem("/timeZone", "an IANA time zone such as Asia/Shanghai", "\"China Standard Time\""));
        problems.ShouldContain(new CalendarProblem("/name", "a text", "nothing"));
        problems.ShouldContain(new CalendarProblem("/years/2026/3/date", "each day once", "2026-01-01 again"));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{ "schemaVersion": 1, "id": "a", "name": "a", "timeZone": "UTC", "basis": "a", "weeklyHours": {}, "years": {} }""", "/weeklyHours")]
    [InlineData("""{ "schemaVersion": 1, "id": "a", "name": "a", "timeZone": "UTC", "basis": "a", "weeklyHours": { "friday": ["09:00-10:00"] } }""", "/years")]
    [InlineData("""{ "schemaVersion": 1, "id": "a", "name": "a", "timeZone": "UTC", "continuous": true, "years": {} }""", "/years")]
    [InlineData("""
        { "schemaVersion": 1, "id": "a", "name": "a", "timeZone": "UTC", "basis": "a", "weeklyHours": { "friday": ["09:00-10:00"] },
          "years": { "2026": [ { "date": "2026-01-04", "kind": "makeupWorkday", "name": "元旦" } ] } }
        """, "/makeupHours")]
    public void A_calendar_that_could_not_be_walked_is_refused(string text, string pointer)
    {
        var problems = new List<CalendarProblem>();

        BusinessCalendar.Read(JsonDocument.Parse(text).RootElement, problems).ShouldBeNull();

        problems.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }
}
