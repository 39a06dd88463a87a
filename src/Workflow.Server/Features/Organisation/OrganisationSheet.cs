using System.Globalization;
using Workflow.Engine.Storage;

namespace Workflow.Server.Features.Organisation;

/// <summary>One kind of row of the organisation, the same as a list of a JSON document and as a CSV table: every value is a text.</summary>
/// <param name="Needed">Columns that every row has.</param>
/// <param name="Optional">Columns that may be empty or missing.</param>
internal sealed record OrganisationPart(string Name, IReadOnlyList<string> Needed, IReadOnlyList<string> Optional)
{
    public static readonly OrganisationPart Areas = new("areas", ["code", "name", "kind"], ["parent", "district", "calendar"]);
    public static readonly OrganisationPart Shifts = new("shifts", ["id", "name", "from", "to"], ["calendar"]);
    public static readonly OrganisationPart Teams = new("teams", ["id", "name", "kind"], ["calendar"]);
    public static readonly OrganisationPart Coverage = new("coverage", ["team", "area"], ["shift"]);
    public static readonly OrganisationPart Members = new("members", ["userId", "name"], ["left"]);
    public static readonly OrganisationPart Memberships = new("memberships", ["team", "member"], ["roles"]);
    public static readonly OrganisationPart Certificates = new("certificates", ["member", "kind", "number", "from"], ["until"]);
    public static readonly OrganisationPart Contacts = new("contacts", ["member", "channel", "address"], []);
    public static readonly OrganisationPart Duties = new("duties", ["team", "shift", "member", "from"], ["until", "days", "leads"]);
    public static readonly OrganisationPart Absences = new("absences", ["member", "from", "until"], ["substitute"]);
    public static readonly OrganisationPart Accounts = new("accounts", ["member", "userName", "roles"], []);

    public static readonly IReadOnlyList<OrganisationPart> All = [Areas, Shifts, Teams, Coverage, Members, Memberships, Certificates, Contacts, Duties, Absences, Accounts];

    public IReadOnlyList<string> Columns => [.. Needed, .. Optional];

    public static string Names => string.Join(", ", All.Select(part => part.Name));

    public static OrganisationPart? Find(string? name) => All.FirstOrDefault(part => part.Name == name);
}

/// <summary>A sign-in of a member. Passwords are no part of an import or export.</summary>
internal sealed record AccountRecord(string UserId, string UserName, string Roles);

/// <summary>The organisation as a document. Every row is an object of texts; docs/organisation.md lists the columns of each part.</summary>
internal sealed record OrganisationSheet(
    IReadOnlyList<Dictionary<string, string>>? Areas, IReadOnlyList<Dictionary<string, string>>? Shifts, IReadOnlyList<Dictionary<string, string>>? Teams,
    IReadOnlyList<Dictionary<string, string>>? Coverage, IReadOnlyList<Dictionary<string, string>>? Members, IReadOnlyList<Dictionary<string, string>>? Memberships,
    IReadOnlyList<Dictionary<string, string>>? Certificates, IReadOnlyList<Dictionary<string, string>>? Contacts, IReadOnlyList<Dictionary<string, string>>? Duties, IReadOnlyList<Dictionary<string, string>>? Absences,
    IReadOnlyList<Dictionary<string, string>>? Accounts);

/// <summary>Rows as they are exported, in the order of the columns of their part.</summary>
internal static class OrganisationRows
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>An area that lies over several districts.</summary>
    public const string NoDistrict = "none";

    public static IEnumerable<IReadOnlyList<string?>> Of(OrganisationPart part, Engine.Storage.Organisation stored, IEnumerable<AccountRecord> accounts) => part.Name switch
    {
        "areas" => stored.Areas.Select(row => (IReadOnlyList<string?>)[row.Code, row.Name, Word(row.Kind), ParentOf(row), row.DistrictCode.Length > 0 ? row.DistrictCode : NoDistrict, row.Calendar]),
        "shifts" => stored.Shifts.Select(row => (IReadOnlyList<string?>)[row.Id, row.Name, Clock(row.From), Clock(row.To), row.Calendar]),
        "teams" => stored.Teams.Select(row => (IReadOnlyList<string?>)[row.Id, row.Name, Word(row.Kind), row.Calendar]),
        "coverage" => stored.Coverage.Select(row => (IReadOnlyList<string?>)[row.TeamId, row.AreaCode, row.Shift.Length > 0 ? row.Shift : null]),
        "members" => stored.Members.Select(row => (IReadOnlyList<string?>)[row.UserId, row.Name, row.LeftAt?.ToString("O", CultureInfo.InvariantCulture)]),
        "memberships" => stored.Memberships.Select(row => (IReadOnlyList<string?>)[row.TeamId, row.UserId, string.Join(',', Engine.Staffing.TeamRoles.Read(row.Roles).Select(Word))]),
        "certificates" => stored.Certificates.Select(row => (IReadOnlyList<string?>)[row.UserId, row.Kind, row.Number, DayOf(row.From), DayOf(row.Until)]),
        "contacts" => stored.Contacts.Select(row => (IReadOnlyList<string?>)[row.UserId, row.Channel, row.Address]),
        "duties" => stored.Duties.Select(row => (IReadOnlyList<string?>)[row.TeamId, row.Shift, row.UserId, DayOf(row.From), DayOf(row.Until), Word(row.Days), row.IsLeader ? "true" : null]),
        "absences" => stored.Absences.Select(row => (IReadOnlyList<string?>)[row.UserId, row.From.ToString("O", CultureInfo.InvariantCulture), row.Until.ToString("O", CultureInfo.InvariantCulture), row.SubstituteId]),
        _ => accounts.Select(row => (IReadOnlyList<string?>)[row.UserId, row.UserName, row.Roles]),
    };

    /// <summary>Who runs an area: the one before it on its path; null for the city.</summary>
    public static string? ParentOf(AreaRow area) => area.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var parent, _] ? parent : null;

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? DayOf(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
