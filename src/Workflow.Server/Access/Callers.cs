using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Access;

/// <summary>Who calls: the person, their teams, and the areas whose tasks they may see.</summary>
/// <param name="Scopes">Area paths; a row is visible when its path begins with one of them.</param>
internal sealed record Caller(Actor Actor, IReadOnlyList<Team> Teams, IReadOnlyList<string> Scopes, IReadOnlyList<string> Permissions)
{
    public IReadOnlyList<string> TeamIds => Actor.Teams;

    /// <summary>Rows of every area, and instances that are no tasks.</summary>
    public bool SeesAll => Permissions.Contains(Permission.Operate);

    /// <summary>Nothing is hidden from them either.</summary>
    public bool SeesEveryRow => SeesAll && InspectedScopes.Count == 0;

    /// <summary>Areas of the caller's teams, those of inspection aside: what may be inspected without their knowledge.</summary>
    public IReadOnlyList<string> InspectedScopes { get; init; } = [];

    /// <summary>When they called.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Lets a handler ask for its caller by type.</summary>
    public static async ValueTask<Caller?> BindAsync(HttpContext context)
    {
        var caller = await context.RequestServices.GetRequiredService<Callers>().FindAsync(context.User, context.RequestAborted);
        return caller with { Actor = caller.Actor with { Address = context.Connection.RemoteIpAddress?.ToString() } };
    }
}

/// <summary>
/// Knows members, their teams and areas for as long as the organisation's revision stays the same; the revision is read at every request, so that a
/// change of teams counts at once.
/// </summary>
internal sealed class Callers(Database database, TimeProvider time)
{
    // Compiled for the model of this database's provider.
    private readonly Func<WorkflowDb, Task<long>> readRevision = EF.CompileAsyncQuery(
        (WorkflowDb db) => db.Sequences.Where(row => row.Name == OrganisationStore.RevisionName).Select(row => row.Value).FirstOrDefault());

    private Known known = new(-1);

    public async Task<Caller> FindAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("a route without sign-in asked for its caller");
        var roles = user.FindAll(ClaimTypes.Role).Select(role => role.Value).ToList();
        var member = await MemberAsync(id, cancel);
        var teamIds = member.Teams.Select(team => team.Id).ToList();
        var deciding = roles.Where(role => role is WorkItemRights.SupervisorRole or WorkItemRights.DutyOfficerRole or WorkItemRights.OrganiserRole).Order(StringComparer.Ordinal).ToList();
        var actor = new Actor(id, member.Name ?? user.Identity?.Name ?? id, teamIds) { Roles = deciding.Count > 0 ? deciding : null };
        var (now, today) = (time.GetUtcNow(), Certificate.DayOf(time.GetUtcNow()));
        if (member.StandsInFor.Where(absence => absence.From <= now && now < absence.Until).Select(absence => absence.Absent).ToList() is { Count: > 0 } absent) actor = actor with { StandsInFor = absent };
        if (member.Certificates.Where(certificate => certificate.IsValidOn(today)).Select(certificate => certificate.Kind).Distinct().ToList() is { Count: > 0 } held) actor = actor with { Certificates = held };
        return new(actor, member.Teams, member.Scopes, Permission.Of(roles)) { InspectedScopes = member.InspectedScopes, At = now };
    }

    /// <summary>Whether somebody has left: their session ends with their next request.</summary>
    public async Task<bool> HasLeftAsync(ClaimsPrincipal user, CancellationToken cancel) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && (await MemberAsync(id, cancel)).HasLeft;

    private async Task<Member> MemberAsync(string id, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        // Before the rows: what is read beside a change is kept under the older number and read again.
        var revision = await readRevision(db);
        if (known.Revision != revision) known = new(revision);
        var members = known.Members;
        if (!members.TryGetValue(id, out var member)) members[id] = member = await ReadAsync(db, id, cancel);
        return member;
    }

    private static async Task<Member> ReadAsync(WorkflowDb db, string id, CancellationToken cancel)
    {
        var known = await db.Members.AsNoTracking().Where(member => member.UserId == id).Select(member => new { member.Name, member.LeftAt }).FirstOrDefaultAsync(cancel);
        var name = known?.Name;
        var teams = await db.TeamMembers.AsNoTracking().Where(member => member.UserId == id)
            .Join(db.Teams, member => member.TeamId, team => team.Id, (_, team) => new Team(team.Id, team.Name, team.Kind)).ToListAsync(cancel);
        teams.Sort((one, other) => string.CompareOrdinal(one.Id, other.Id));
        var teamIds = teams.ConvertAll(team => team.Id);
        var covers = await db.TeamAreas.AsNoTracking().Where(cover => teamIds.Contains(cover.TeamId))
            .Join(db.Areas, cover => cover.AreaCode, area => area.Code, (cover, area) => new { cover.TeamId, area.Path }).Distinct().ToListAsync(cancel);
        return new(name, teams, [.. covers.Select(cover => cover.Path).Distinct()])
        {
            InspectedScopes = [.. covers.Where(cover => teams.Exists(team => team.Id == cover.TeamId && team.Kind != TeamKind.Inspection)).Select(cover => cover.Path).Distinct()],
            HasLeft = known?.LeftAt is not null,
            StandsInFor = await db.Absences.AsNoTracking().Where(absence => absence.SubstituteId == id)
                .Join(db.Members, absence => absence.UserId, absent => absent.UserId, (absence, absent) => new StandIn(new Person(absent.UserId, absent.Name), absence.From, absence.Until)).ToListAsync(cancel),
            Certificates = await db.Certificates.AsNoTracking().Where(row => row.UserId == id).Select(row => new Certificate(row.Kind, row.Number, row.From, row.Until)).ToListAsync(cancel),
        };
    }

    /// <param name="Name">Null: has an account, and is no member of the organisation.</param>
    private sealed record Member(string? Name, IReadOnlyList<Team> Teams, IReadOnlyList<string> Scopes)
    {
        public IReadOnlyList<string> InspectedScopes { get; init; } = [];

        public bool HasLeft { get; init; }

        public IReadOnlyList<StandIn> StandsInFor { get; init; } = [];

        public IReadOnlyList<Certificate> Certificates { get; init; } = [];
    }

    /// <summary>Whom somebody stands in for, from when until when.</summary>
    private sealed record StandIn(Person Absent, DateTimeOffset From, DateTimeOffset Until);

    private sealed record Known(long Revision)
    {
        public ConcurrentDictionary<string, Member> Members { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>Puts the permissions of a role into its policies, one policy per permission.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services, Database database, Hosting.Limits limits)
    {
        services.AddScoped(_ => AccessDb.Open(database));
        services.AddSingleton<Callers>();
        services.AddIdentityCore<Account>(options =>
        {
            options.Password.RequiredLength = 12;
            options.Lockout.MaxFailedAccessAttempts = limits.SignInAttempts;
            options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(limits.SignInLockoutMinutes);
        }).AddRoles<IdentityRole>().AddEntityFrameworkStores<AccessDb>().AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.Cookie.Name = "workflow-session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Sessions are measured in real time, also when tasks live on a demo clock.
            cookie.TimeProvider = TimeProvider.System;
            cookie.Events.OnValidatePrincipal = async context =>
            {
                if (await context.HttpContext.RequestServices.GetRequiredService<Callers>().HasLeftAsync(context.Principal!, context.HttpContext.RequestAborted)) context.RejectPrincipal();
            };
            cookie.Events.OnRedirectToLogin = context => Problems.ProblemResults.SignInRequired().ExecuteAsync(context.HttpContext);
            cookie.Events.OnRedirectToAccessDenied = context => Problems.ProblemResults.NotAllowed(context.HttpContext).ExecuteAsync(context.HttpContext);
        });
        services.AddAuthorization(authorization =>
        {
            foreach (var permission in Permission.All)
                authorization.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
                    Permission.Of(context.User.FindAll(ClaimTypes.Role).Select(role => role.Value)).Contains(permission)));
        });
    }
}
