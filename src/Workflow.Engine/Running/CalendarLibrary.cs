using System.Collections.Frozen;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Running;

/// <summary>The business calendars of this process, by id.</summary>
public sealed class CalendarLibrary(IEnumerable<BusinessCalendar> calendars)
{
    public FrozenDictionary<string, BusinessCalendar> Calendars { get; } = calendars.ToFrozenDictionary(calendar => calendar.Id);

    public IReadOnlySet<string> Ids { get; } = calendars.Select(calendar => calendar.Id).ToFrozenSet();
}
