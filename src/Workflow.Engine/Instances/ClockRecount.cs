using Workflow.Engine.Clocks;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Instances;

/// <summary>
/// Brings the open clocks of an instance to the calendars and the policy that are in force. This happens before any stimulus is handled, so a clock
/// never acts on what has been replaced, whether or not the job that visits every instance has come by; and a second visit finds nothing to do.
/// What has fired stays fired. A breach that is none any more is annulled; one that is since then follows at once.
/// </summary>
internal static class ClockRecount
{
    public static void CatchUp(Burst burst)
    {
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsOpen).ToList())
        {
            var terms = ClockTerms.Of(clock);
            var onCalendar = terms.On(burst.World.Calendars);
            if (!ReferenceEquals(onCalendar, terms)) Recount(burst, clock, terms, onCalendar);
            Apply(burst, clock.Id);
        }
        foreach (var clock in burst.Draft.Clocks.Where(clock => clock.IsPaused).ToList()) ClockDesk.Hold(burst, clock);
    }

    /// <summary>Counts a clock again by these terms.</summary>
    /// <param name="basis">What it is counted by since.</param>
    public static void Recount(Burst burst, SlaClock clock, ClockTerms terms, ClockChangeReason why, string basis, ApprovedChange? approved)
    {
        var reading = ClockDesk.Read(burst, terms.On(clock));
        var change = new ClockChange(burst.Stimulus.At, why, clock.Due, reading.Due) { By = approved?.ApproverName, Text = approved?.Reason, Basis = basis, Approved = approved };
        burst.Record(new Fact.ClockRecounted(clock.Id, terms, change, reading));
        ClockDesk.BreachAnew(burst, clock.Id);
    }

    public static string BasisOf(ClockTerms terms) => $"{terms.Policy.Calendar}@{terms.CalendarVersion}";

    private static void Recount(Burst burst, SlaClock clock, ClockTerms before, ClockTerms after)
    {
        var (basis, approved) = (BasisOf(after), ChangeOf(burst, before, after));
        Recount(burst, clock, after, ClockChangeReason.CalendarChanged, basis, approved);
        Pauses.MoveCaps(burst, burst.Draft.Clocks.Find(counted => counted.Id == clock.Id)!, basis, approved);
    }

    private static void Apply(Burst burst, int id)
    {
        if (PolicyInForce.For(burst.Definition, burst.World) is not { } policy) return;
        var clock = burst.Draft.Clocks.Find(clock => clock.Id == id)!;
        if (clock.History?.PolicyVersion >= policy.Definition.Id.Version) return;
        var terms = policy.Apply(ClockTerms.Of(clock), clock.Node, burst.Draft.Task?.Priority ?? Priority.Normal, policy.Before(clock.History?.PolicyVersion) ?? burst.Definition);
        Recount(burst, clock, terms, ClockChangeReason.PolicyChanged, policy.Definition.Id.ToString(), policy.Change);
    }

    /// <summary>The change of the calendar that has another version now; of the clock's last one where several have.</summary>
    private static ApprovedChange? ChangeOf(Burst burst, ClockTerms before, ClockTerms after)
    {
        var changed = before.CalendarVersion != after.CalendarVersion
            ? after.Policy.Calendar
            : after.Turns.Zip(before.Turns).Last(pair => pair.First != pair.Second).First.Calendar;
        return burst.World.Changes.Calendars.GetValueOrDefault(changed);
    }
}
