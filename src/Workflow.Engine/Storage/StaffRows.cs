using Workflow.Engine.Staffing;

namespace Workflow.Engine.Storage;

public sealed record MemberRow
{
    public required string UserId { get; init; }

    public required string Name { get; init; }

    /// <summary>Null while they work here. Who has left keeps the name that facts and lists show.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}

public sealed record TeamMemberRow
{
    public required string TeamId { get; init; }

    public required string UserId { get; init; }

    /// <summary>See <see cref="TeamRole"/>: names with commas between them, in the order of the roles.</summary>
    public string Roles { get; init; } = nameof(TeamRole.Member);
}

public sealed record CertificateRow
{
    public required string UserId { get; init; }

    public required string Kind { get; init; }

    public required string Number { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly? Until { get; init; }
}

/// <summary>Where somebody is reached by a channel of the delivery ladder. It stands nowhere else.</summary>
public sealed record ContactRow
{
    public required string UserId { get; init; }

    /// <summary>Such as <c>mail</c>, <c>chat</c>, <c>sms</c>, <c>voice</c>.</summary>
    public required string Channel { get; init; }

    public required string Address { get; init; }
}

public sealed record ShiftRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required TimeOnly From { get; init; }

    public required TimeOnly To { get; init; }

    /// <summary>Id of the calendar that gives time zone and holidays.</summary>
    public required string Calendar { get; init; }
}

/// <summary>A line of a duty roster, see <see cref="Duty"/>.</summary>
public sealed record DutyRow
{
    public required string TeamId { get; init; }

    public required string Shift { get; init; }

    public required string UserId { get; init; }

    public required DateOnly From { get; init; }

    public required DutyDays Days { get; init; }

    public required DateOnly? Until { get; init; }

    public required bool IsLeader { get; init; }
}

/// <summary>See <see cref="Absence"/>. A person is away once at a time.</summary>
public sealed record AbsenceRow
{
    public required string UserId { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required string? SubstituteId { get; init; }
}

/// <summary>交接班: a team's open work was handed to whoever comes next.</summary>
public sealed record ShiftHandoverRow
{
    public required Guid Id { get; init; }

    public required string TeamId { get; init; }

    public required string ById { get; init; }

    public required string ByName { get; init; }

    public required string ToId { get; init; }

    public required string ToName { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string? Note { get; init; }

    /// <summary>The work items that were acknowledged, each with what it was: JSON.</summary>
    public required string Items { get; init; }
}
