using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Features;
using Workflow.Server.Features.Organisation;

namespace Workflow.Server.Hosting;

/// <summary>Seeds the demo organisation and its accounts. Development only: the password stands in a file.</summary>
internal sealed class DemoOrganisation(
    OrganisationStore store, UserManager<Account> accounts, RoleManager<IdentityRole> roles, CalendarLibrary calendars, IOptions<Limits> limits)
{
    private sealed record Document(string Password, IReadOnlyList<DemoTeam> Teams, IReadOnlyList<Member> Members);

    private sealed record DemoTeam(string Id, string Name, TeamKind Kind, IReadOnlyList<string> Areas);

    private sealed record Member(string UserId, string Name, IReadOnlyList<string> Teams, DemoAccount? Account);

    private sealed record DemoAccount(string UserName, IReadOnlyList<string> Roles);

    /// <summary>Seeds what is missing and says who may sign in.</summary>
    /// <returns>One line per account, and the password they share.</returns>
    public async Task<(string Password, IReadOnlyList<string> Accounts)> SeedAsync(string file, CancellationToken cancel)
    {
        var document = DefinitionFiles.ReadJson(file).Deserialize<Document>(InstanceJson.Options) ?? throw new UnusableFileException($"{file}: expected an organisation, found null");
        if (await store.IsEmptyAsync(cancel))
        {
            var folder = Path.GetDirectoryName(file)!;
            await store.ReplaceAsync(WithCity(OrganisationOf(document, AreaFiles.ReadAreas(folder), file), Path.Combine(folder, "city.json")), cancel);
        }
        foreach (var role in Permission.Roles)
            if (!await roles.RoleExistsAsync(role)) Check(await roles.CreateAsync(new(role)));
        // They share a password that stands in a file, so they may share its hash: hashing is made to be slow, and servers of tests start often.
        var hash = new Lazy<string>(() => accounts.PasswordHasher.HashPassword(new(), document.Password));
        foreach (var member in document.Members.Where(member => member.Account is not null)) await SeedAsync(member, hash);
        return (document.Password, [.. document.Members.Where(member => member.Account is not null).Select(member => Describe(member, document))]);
    }

    private async Task SeedAsync(Member member, Lazy<string> hash)
    {
        if (await accounts.FindByIdAsync(member.UserId) is not null) return;
        var account = new Account { Id = member.UserId, UserName = member.Account!.UserName, PasswordHash = hash.Value };
        Check(await accounts.CreateAsync(account));
        Check(await accounts.AddToRolesAsync(account, member.Account.Roles));
    }

    private static string Describe(Member member, Document document) =>
        $"{member.Account!.UserName,-12} {member.Name}  {string.Join("、", document.Teams.Where(team => member.Teams.Contains(team.Id)).Select(team => team.Name))}";

    private static Organisation OrganisationOf(Document document, IReadOnlyList<AreaRow> areas, string file)
    {
        var codes = areas.Select(area => area.Code).ToHashSet(StringComparer.Ordinal);
        if (document.Teams.SelectMany(team => team.Areas).FirstOrDefault(code => !codes.Contains(code)) is { } unknown)
            throw new UnusableFileException($"{file}: expected the code of an area, found '{unknown}'");
        return new(
            areas,
            [.. document.Teams.Select(team => new TeamRow { Id = team.Id, Name = team.Name, Kind = team.Kind })],
            [.. document.Teams.SelectMany(team => team.Areas.Select(area => new TeamAreaRow { TeamId = team.Id, AreaCode = area }))],
            [.. document.Members.Select(member => new MemberRow { UserId = member.UserId, Name = member.Name })],
            [.. document.Members.SelectMany(member => member.Teams.Select(team => new TeamMemberRow { TeamId = team, UserId = member.UserId }))]);
    }

    /// <summary>The people of the whole city beside those who have accounts.</summary>
    private Organisation WithCity(Organisation demo, string file)
    {
        var problems = new RowProblems(limits.Value.ImportProblems);
        var given = OrganisationReader.ReadJson(DefinitionFiles.ReadJson(file).GetRawText(), limits.Value.ImportRows, problems);
        var merged = problems.Total > 0 ? null : new OrganisationCheck(new(demo, [], calendars.Ids, Replaces: false), given, limits.Value, problems).Merge();
        return problems.Total == 0 ? merged!.Organisation : throw new UnusableFileException(string.Join('\n', problems.First.Select(problem => $"{file}: {problem.Pointer}: expected {problem.Expected}, found {problem.Found}")));
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join("; ", result.Errors.Select(error => error.Description)));
    }
}
