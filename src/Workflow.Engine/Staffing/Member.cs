using System.Collections.Immutable;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Staffing;

/// <summary>What somebody is in a team, besides one of its people.</summary>
public enum TeamRole
{
    Member,

    /// <summary>Answers for the team.</summary>
    Leader,

    /// <summary>带班领导: may lead a shift.</summary>
    DutyLeader,

    /// <summary>派遣员: gives out what comes in.</summary>
    Dispatcher,

    /// <summary>Rules whose an item is that two teams have declined.</summary>
    Arbiter,
}

/// <summary>The roles of a person in a team, as one text.</summary>
public static class TeamRoles
{
    /// <summary>Names that are not known are left out: a newer server may have written them.</summary>
    public static ImmutableArray<TeamRole> Read(string roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        return [.. roles.Split(',').Select(name => Enum.TryParse<TeamRole>(name, out var role) ? role : (TeamRole?)null).OfType<TeamRole>()];
    }

    /// <summary>Everybody in a team is a member of it.</summary>
    public static string Write(IEnumerable<TeamRole> roles) => string.Join(',', roles.Append(TeamRole.Member).Distinct().Order());
}

/// <summary>Somebody of the organisation, with the ids of their teams.</summary>
public sealed record Member(Person Person, IReadOnlyList<string> Teams)
{
    public ImmutableArray<Certificate> Certificates { get; init; } = [];

    public ImmutableArray<Absence> Absences { get; init; } = [];

    /// <summary>The absence that covers a time; null while they are there.</summary>
    public Absence? AbsenceAt(DateTimeOffset at) => Absences.FirstOrDefault(absence => absence.Covers(at));

    /// <summary>Whether they hold a valid certificate of this kind.</summary>
    public bool Holds(string kind, DateTimeOffset at)
    {
        var today = Certificate.DayOf(at);
        return Certificates.Any(certificate => certificate.Kind == kind && certificate.IsValidOn(today));
    }
}

/// <summary>Who belongs to a team, in the order of their ids, and when they are on duty.</summary>
public sealed record TeamStaff(ImmutableArray<StaffMember> People, Roster Roster)
{
    public static readonly TeamStaff Nobody = new([], Roster.None);
}

/// <summary>Somebody in a team, and what they are there.</summary>
public sealed record StaffMember(Member Member, ImmutableArray<TeamRole> Roles);

/// <summary>What somebody is allowed to do by law, such as <c>enforcement</c>.</summary>
/// <param name="From">The first day on which it is valid.</param>
/// <param name="Until">The last day; null when it has none.</param>
public sealed record Certificate(string Kind, string Number, DateOnly From, DateOnly? Until)
{
    public bool IsValidOn(DateOnly day) => From <= day && (Until is not { } last || day <= last);

    /// <summary>Papers count days as they are counted in China.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Clocks.BusinessCalendar.Continuous.InZone(at).DateTime);
}

/// <summary>Somebody is away from <paramref name="From"/> until before <paramref name="Until"/>.</summary>
/// <param name="Substitute">外出代理: who takes what is theirs meanwhile; null for nobody.</param>
public sealed record Absence(DateTimeOffset From, DateTimeOffset Until, Person? Substitute = null)
{
    public bool Covers(DateTimeOffset at) => From <= at && at < Until;
}
