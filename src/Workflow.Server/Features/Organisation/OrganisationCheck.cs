using Workflow.Engine.Instances;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Features.Organisation;

/// <summary>The organisation as it would be after an import.</summary>
internal sealed record MergedOrganisation(Engine.Storage.Organisation Organisation, IReadOnlyList<AccountRecord> Accounts);

/// <summary>What an import starts from.</summary>
/// <param name="Replaces">Whether rows of the imported parts that are not in the file go. Accounts never do.</param>
internal sealed record OrganisationBefore(Engine.Storage.Organisation Organisation, IReadOnlyList<AccountRecord> Accounts, IReadOnlySet<string> Calendars, bool Replaces);

/// <summary>Lays the rows of an import over what is there, and checks the whole that comes of it: each row by itself, then what refers to what.</summary>
internal sealed class OrganisationCheck(OrganisationBefore before, Dictionary<OrganisationPart, List<OrganisationLine>> given, Limits limits, RowProblems problems)
{
    private const int MaxAddress = 256;

    /// <summary>Where a row came from, by its part and key.</summary>
    private readonly Dictionary<(OrganisationPart, string), OrganisationLine> origins = [];

    /// <returns>Of no use where there are problems.</returns>
    public MergedOrganisation Merge()
    {
        var stored = before.Organisation;
        var areas = new AreaMerge(problems).Build(Merge(OrganisationPart.Areas, [.. stored.Areas.Select(AreaMerge.LineOf)], area => area.Code, ReadArea), (area, column) => Pointer(OrganisationPart.Areas, area.Code, column));
        var after = new Engine.Storage.Organisation(
            areas,
            Merge(OrganisationPart.Teams, stored.Teams, team => team.Id, ReadTeam),
            Merge(OrganisationPart.Coverage, stored.Coverage, KeyOf, (_, read) => new TeamAreaRow { TeamId = read.Id("team"), AreaCode = read.Id("area", 64), Shift = read.OptionalId("shift", 64) ?? "" }),
            Merge(OrganisationPart.Members, stored.Members, member => member.UserId, (_, read) => new MemberRow { UserId = read.Id("userId"), Name = read.Text("name", limits.NameLength), LeftAt = read.OptionalInstant("left") }),
            Merge(OrganisationPart.Memberships, stored.Memberships, KeyOf, (_, read) => new TeamMemberRow { TeamId = read.Id("team"), UserId = read.Id("member"), Roles = TeamRoles.Write(read.Words<TeamRole>("roles")) }))
        {
            Certificates = Merge(OrganisationPart.Certificates, stored.Certificates, KeyOf, ReadCertificate),
            Contacts = Merge(OrganisationPart.Contacts, stored.Contacts, KeyOf, ReadContact),
            Shifts = Merge(OrganisationPart.Shifts, stored.Shifts, shift => shift.Id, ReadShift),
            Duties = Merge(OrganisationPart.Duties, stored.Duties, KeyOf, ReadDuty),
            Absences = Merge(OrganisationPart.Absences, stored.Absences, KeyOf, ReadAbsence),
        };
        var accounts = Merge(OrganisationPart.Accounts, before.Accounts, account => account.UserId, ReadAccount, keeps: true);
        if (problems.Total == 0) CheckReferences(after, accounts);
        return new(after, accounts);
    }

    private List<T> Merge<T>(OrganisationPart part, IReadOnlyList<T> known, Func<T, string> key, Func<OrganisationLine, LineReader, T> read, bool keeps = false)
        where T : class
    {
        if (!given.TryGetValue(part, out var lines)) return [.. known];
        var rows = (before.Replaces && !keeps ? [] : known).ToDictionary(key, StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var reader = new LineReader(line, problems);
            var row = read(line, reader);
            if (!reader.IsSound) continue;
            if (origins.TryAdd((part, key(row)), line)) rows[key(row)] = row;
            else problems.Add(line.Pointer, "each row once", $"'{key(row)}' again, first at {origins[(part, key(row))].Pointer}");
        }
        return [.. rows.Values];
    }

    private AreaLine ReadArea(OrganisationLine line, LineReader read) =>
        new(read.Id("code", 64), read.Text("name", limits.NameLength), read.Word<AreaKind>("kind"), read.OptionalId("parent", 64), read.OptionalId("district", 64), ReadCalendar(read));

    private TeamRow ReadTeam(OrganisationLine line, LineReader read) =>
        new() { Id = read.Id("id"), Name = read.Text("name", limits.NameLength), Kind = read.Word<TeamKind>("kind"), Calendar = ReadCalendar(read) };

    private string? ReadCalendar(LineReader read)
    {
        var calendar = read.OptionalId("calendar");
        read.Require(calendar is null || before.Calendars.Contains(calendar), "calendar", $"a calendar of this server: {string.Join(", ", before.Calendars.Order())}", $"'{calendar}'");
        return calendar;
    }

    private ShiftRow ReadShift(OrganisationLine line, LineReader read)
    {
        var calendar = ReadCalendar(read) ?? Engine.Definitions.SlaDeclaration.DefaultCalendar;
        return new() { Id = read.Id("id", 64), Name = read.Text("name", limits.NameLength), From = read.Clock("from"), To = read.Clock("to"), Calendar = calendar };
    }

    private static CertificateRow ReadCertificate(OrganisationLine line, LineReader read)
    {
        var row = new CertificateRow { UserId = read.Id("member"), Kind = read.Id("kind", 64), Number = read.Text("number", 64), From = read.Day("from"), Until = read.OptionalDay("until") };
        read.Require(row.Until is null || row.Until >= row.From, "until", "a last day that is not before the first", $"{row.Until:yyyy-MM-dd}");
        return row;
    }

    private static ContactRow ReadContact(OrganisationLine line, LineReader read)
    {
        var row = new ContactRow { UserId = read.Id("member"), Channel = read.Text("channel", 32), Address = read.Text("address", MaxAddress) };
        read.Require(LadderDeclaration.Name().IsMatch(row.Channel) && row.Channel != Channels.InApp, "channel", "the name of a channel such as mail, chat, sms or voice", RowText.Quote(row.Channel));
        return row;
    }

    private static DutyRow ReadDuty(OrganisationLine line, LineReader read)
    {
        var row = new DutyRow
        {
            TeamId = read.Id("team"), Shift = read.Id("shift", 64), UserId = read.Id("member"), From = read.Day("from"), Until = read.OptionalDay("until"),
            Days = read.Word("days", (DutyDays?)DutyDays.Every), IsLeader = read.Flag("leads"),
        };
        read.Require(row.Until is null || row.Until >= row.From, "until", "a last day that is not before the first", $"{row.Until:yyyy-MM-dd}");
        return row;
    }

    private static AbsenceRow ReadAbsence(OrganisationLine line, LineReader read)
    {
        var row = new AbsenceRow { UserId = read.Id("member"), From = read.Instant("from"), Until = read.Instant("until"), SubstituteId = read.OptionalId("substitute") };
        read.Require(row.Until > row.From, "until", "a time after the beginning", $"{row.Until:O}");
        read.Require(row.SubstituteId != row.UserId, "substitute", "another person", $"'{row.SubstituteId}'");
        return row;
    }

    private AccountRecord ReadAccount(OrganisationLine line, LineReader read)
    {
        var roles = (line.Field("roles") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().Order(StringComparer.Ordinal).ToList();
        read.Require(roles.Count > 0 && roles.TrueForAll(Permission.Roles.Contains), "roles", $"{string.Join(", ", Permission.Roles)}, with commas between them", RowText.Quote(line.Field("roles")));
        return new(read.Id("member"), read.Id("userName"), string.Join(',', roles));
    }

    /// <summary>Rows that were there before are checked too: a file that takes something away may leave them without it.</summary>
    private void CheckReferences(Engine.Storage.Organisation after, List<AccountRecord> accounts)
    {
        var (areas, teams) = (Set(after.Areas, area => area.Code), Set(after.Teams, team => team.Id));
        var (members, shifts) = (Set(after.Members, member => member.UserId), Set(after.Shifts, shift => shift.Id));
        foreach (var row in after.Coverage)
        {
            Refer(OrganisationPart.Coverage, KeyOf(row), "team", row.TeamId, teams);
            Refer(OrganisationPart.Coverage, KeyOf(row), "area", row.AreaCode, areas);
            if (row.Shift.Length > 0) Refer(OrganisationPart.Coverage, KeyOf(row), "shift", row.Shift, shifts);
        }
        foreach (var row in after.Memberships)
        {
            Refer(OrganisationPart.Memberships, KeyOf(row), "team", row.TeamId, teams);
            Refer(OrganisationPart.Memberships, KeyOf(row), "member", row.UserId, members);
        }
        foreach (var row in after.Certificates) Refer(OrganisationPart.Certificates, KeyOf(row), "member", row.UserId, members);
        var memberships = Set(after.Memberships, KeyOf);
        foreach (var row in after.Duties)
        {
            Refer(OrganisationPart.Duties, KeyOf(row), "shift", row.Shift, shifts);
            if (!memberships.Contains($"{row.TeamId} {row.UserId}")) Bad(OrganisationPart.Duties, KeyOf(row), "member", $"somebody of team '{row.TeamId}'", row.UserId);
        }
        foreach (var row in after.Absences)
        {
            Refer(OrganisationPart.Absences, KeyOf(row), "member", row.UserId, members);
            if (row.SubstituteId is { } substitute) Refer(OrganisationPart.Absences, KeyOf(row), "substitute", substitute, members);
        }
        foreach (var row in after.Contacts) Refer(OrganisationPart.Contacts, KeyOf(row), "member", row.UserId, members);
        foreach (var (one, next) in after.Absences.GroupBy(row => row.UserId).SelectMany(group => group.OrderBy(row => row.From) is var ordered ? ordered.Zip(ordered.Skip(1)) : []))
            if (next.From < one.Until) Bad(OrganisationPart.Absences, KeyOf(next), "from", $"a person away once at a time, here not before {one.Until:O}", $"{next.From:O}");
        foreach (var row in accounts.Where(account => origins.ContainsKey((OrganisationPart.Accounts, account.UserId)))) Refer(OrganisationPart.Accounts, row.UserId, "member", row.UserId, members);
        foreach (var twice in accounts.GroupBy(account => account.UserName, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            Bad(OrganisationPart.Accounts, twice.Last(account => origins.ContainsKey((OrganisationPart.Accounts, account.UserId))).UserId, "userName", "a user name that nobody else has", twice.Key);
    }

    private static HashSet<string> Set<T>(IEnumerable<T> rows, Func<T, string> key) => rows.Select(key).ToHashSet(StringComparer.Ordinal);

    private void Refer(OrganisationPart part, string key, string column, string to, HashSet<string> there)
    {
        if (!there.Contains(to)) Bad(part, key, column, $"a {column} that is there after the import", to);
    }

    private void Bad(OrganisationPart part, string key, string column, string expected, string found) => problems.Add(Pointer(part, key, column), expected, RowText.Quote(found));

    /// <summary>Where an imported row says it; of a row that was there before its part and key.</summary>
    private string Pointer(OrganisationPart part, string key, string column) =>
        origins.TryGetValue((part, key), out var line) ? line.At(column) : $"/{part.Name}/{key.Replace("/", "~1", StringComparison.Ordinal)}/{column}";

    private static string KeyOf(TeamAreaRow row) => $"{row.TeamId} {row.AreaCode}";

    private static string KeyOf(TeamMemberRow row) => $"{row.TeamId} {row.UserId}";

    private static string KeyOf(CertificateRow row) => $"{row.UserId} {row.Kind} {row.Number}";

    private static string KeyOf(ContactRow row) => $"{row.UserId} {row.Channel}";

    private static string KeyOf(DutyRow row) => $"{row.TeamId} {row.Shift} {row.UserId} {row.From:yyyy-MM-dd} {row.Days}";

    private static string KeyOf(AbsenceRow row) => $"{row.UserId} {row.From:O}";
}
