using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Clocks;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Running;

/// <summary>The team directory, read again only when the organisation's revision has moved.</summary>
public sealed class OrganisationLibrary(CalendarLibrary? calendars = null)
{
    // One reference, so that who reads it beside the commit queue never sees half of a change.
    private Cached cached = new(-1, TeamDirectory.Empty);

    /// <param name="db">The context of the burst, so that the directory is as its transaction sees it.</param>
    /// <param name="revision">As the transaction has read it; null when it has not.</param>
    public async Task<TeamDirectory> LoadAsync(WorkflowDb db, long? revision, CancellationToken cancel)
    {
        revision ??= await OrganisationStore.RevisionAsync(db, cancel);
        if (cached is var known && revision == known.Revision) return known.Directory;
        if (calendars is not null) await calendars.LoadAsync(db, revision.Value, cancel);
        var directory = Of(await OrganisationStore.ReadAsync(db, cancel), await db.RoutingRules.AsNoTracking().ToListAsync(cancel));
        cached = new(revision.Value, directory);
        return directory;
    }

    private TeamDirectory Of(Organisation stored, List<RoutingRuleRow> rules)
    {
        var shifts = stored.Shifts.ToFrozenDictionary(row => row.Id, row => new Shift(row.Id, row.Name, row.From, row.To, CalendarOf(row.Calendar)));
        var people = stored.Members.ToFrozenDictionary(row => row.UserId, row => new Person(row.UserId, row.Name));
        var (teamsOf, certificates, absences) = (stored.Memberships.ToLookup(row => row.UserId), stored.Certificates.ToLookup(row => row.UserId), stored.Absences.ToLookup(row => row.UserId));
        // Who has left is nobody's receiver and no candidate.
        var members = stored.Members.Where(row => row.LeftAt is null).ToFrozenDictionary(row => row.UserId, row => new Member(people[row.UserId], [.. teamsOf[row.UserId].Select(of => of.TeamId).Order(StringComparer.Ordinal)])
        {
            Certificates = [.. certificates[row.UserId].Select(certificate => new Certificate(certificate.Kind, certificate.Number, certificate.From, certificate.Until))],
            Absences = [.. absences[row.UserId].Select(absence => new Absence(absence.From, absence.Until, absence.SubstituteId is { } id ? people.GetValueOrDefault(id) : null))],
        });
        var rosters = stored.Duties.Where(duty => shifts.ContainsKey(duty.Shift)).ToLookup(duty => duty.TeamId, duty => new Duty(shifts[duty.Shift], duty.UserId, duty.From, duty.Until, duty.Days, duty.IsLeader));
        return new(
            stored.Teams.Select(team => new Team(team.Id, team.Name, team.Kind)),
            stored.Coverage.Select(cover => new TeamCover(cover.AreaCode, cover.TeamId, shifts.GetValueOrDefault(cover.Shift))).ToList())
        {
            Members = members,
            Calendars = new(
                stored.Teams.Where(team => team.Calendar is not null).ToFrozenDictionary(team => team.Id, team => team.Calendar!),
                stored.Areas.Where(area => area.Calendar is not null).ToFrozenDictionary(area => area.Code, area => area.Calendar!)),
            Areas = stored.Areas.ToFrozenDictionary(area => area.Code, area => new Place(area.Code, area.Name, area.Path, area.JurisdictionName)),
            Staff = stored.Memberships.Where(row => members.ContainsKey(row.UserId)).GroupBy(row => row.TeamId).ToFrozenDictionary(team => team.Key, team => new TeamStaff(
                [.. team.OrderBy(row => row.UserId, StringComparer.Ordinal).Select(row => new StaffMember(members[row.UserId], TeamRoles.Read(row.Roles)))], new(rosters[team.Key]))),
            Rules = rules.ToFrozenDictionary(
                rule => new RoutingKey(rule.DefinitionId, rule.Node, rule.AreaCode), rule => new RoutingRule(rule.TeamId, rule.TaskNumber, rule.RuledAt)),
        };
    }

    /// <summary>One that has gone from the folder since counts every day as a workday, in the time zone that all calendars share.</summary>
    private BusinessCalendar CalendarOf(string id) => calendars?.Calendars.GetValueOrDefault(id) ?? BusinessCalendar.Continuous;

    private sealed record Cached(long Revision, TeamDirectory Directory);
}
