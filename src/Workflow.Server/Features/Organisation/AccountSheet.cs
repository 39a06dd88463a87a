using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features.Organisation;

/// <summary>The accounts, in the transaction of an import. An account that comes in by an import has no password, and nobody signs in with it until one is set.</summary>
internal sealed class AccountSheet(AccessDb access) : IAsyncDisposable
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    /// <summary>Shares connection and transaction of the context, so that both are committed or neither.</summary>
    public static AccountSheet In(WorkflowDb db)
    {
        var access = AccessDb.Beside(db);
        access.Database.UseTransaction(db.Database.CurrentTransaction!.GetDbTransaction());
        return new(access);
    }

    public async Task<List<AccountRecord>> ReadAsync(CancellationToken cancel)
    {
        var roles = (await access.UserRoles.AsNoTracking().Join(access.Roles, of => of.RoleId, role => role.Id, (of, role) => new { of.UserId, role.Name }).ToListAsync(cancel)).ToLookup(of => of.UserId, of => of.Name!);
        return (await access.Users.AsNoTracking().OrderBy(user => user.UserName).Select(user => new { user.Id, user.UserName }).ToListAsync(cancel))
            .ConvertAll(user => new AccountRecord(user.Id, user.UserName!, string.Join(',', roles[user.Id].Order(StringComparer.Ordinal))));
    }

    public async Task<RowCounts> WriteAsync(IReadOnlyList<AccountRecord> before, IReadOnlyList<AccountRecord> after, CancellationToken cancel)
    {
        var known = before.ToDictionary(account => account.UserId);
        var changed = after.Where(account => known.GetValueOrDefault(account.UserId) != account).ToList();
        var roles = await RolesAsync(cancel);
        var ids = changed.ConvertAll(account => account.UserId);
        var stored = await access.Users.Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, cancel);
        await access.UserRoles.Where(of => ids.Contains(of.UserId)).ExecuteDeleteAsync(cancel);
        foreach (var account in changed)
        {
            if (!stored.TryGetValue(account.UserId, out var user)) access.Add(user = new() { Id = account.UserId, LockoutEnabled = true });
            (user.UserName, user.NormalizedUserName) = (account.UserName, Normalizer.NormalizeName(account.UserName));
            // Sessions hold the roles: those of before end when the stamp is looked at next.
            user.SecurityStamp = account.UserId + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
            foreach (var role in account.Roles.Split(',')) access.Add(new IdentityUserRole<string> { UserId = account.UserId, RoleId = roles[role] });
        }
        await access.SaveChangesAsync(cancel);
        return new(changed.Count(account => !known.ContainsKey(account.UserId)), changed.Count(account => known.ContainsKey(account.UserId)), 0, after.Count - changed.Count);
    }

    /// <summary>Nobody signs in with it any more. Who is signed in is turned away by <see cref="Callers"/>, which knows who has left.</summary>
    public async Task DisableAsync(string userId, CancellationToken cancel)
    {
        if (await access.Users.FindAsync([userId], cancel) is not { } user) return;
        (user.LockoutEnabled, user.LockoutEnd) = (true, DateTimeOffset.MaxValue);
        await access.SaveChangesAsync(cancel);
    }

    public ValueTask DisposeAsync() => access.DisposeAsync();

    private async Task<Dictionary<string, string>> RolesAsync(CancellationToken cancel)
    {
        var known = await access.Roles.ToDictionaryAsync(role => role.Name!, role => role.Id, cancel);
        foreach (var name in Permission.Roles.Except(known.Keys).ToList())
        {
            var role = new IdentityRole(name) { NormalizedName = Normalizer.NormalizeName(name) };
            access.Add(role);
            known[name] = role.Id;
        }
        return known;
    }
}
