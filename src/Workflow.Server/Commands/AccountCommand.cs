using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Workflow.Engine.Storage;
using Workflow.Server.Access;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary>
/// <c>workflow account</c>: an account in the configured database, so that somebody can sign in to a server that has none. The password is read from the
/// standard input, where neither the list of processes nor the history of the shell shows it.
/// </summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("USER-NAME") { Description = "The name to sign in with." };
        var role = new Option<string?>("--role") { Description = $"One of {string.Join(", ", Permission.Roles)}; an account that is there may go without." };
        var data = ServeCommand.DataFolder();
        var command = new Command("account", "Makes an account, or gives it another password, which is read from the standard input.") { name, role, data };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(name)!, parsed.GetValue(role), parsed.GetValue(data), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string userName, string? role, string? folder, CancellationToken cancel)
    {
        if (role is not null && !Permission.Roles.Contains(role))
        {
            await Console.Error.WriteLineAsync($"--role: expected {string.Join(", ", Permission.Roles)}, found '{role}'");
            return CommandLine.BadUsage;
        }
        try
        {
            var configuration = ServerHost.Configuration();
            var database = Tables.DatabaseOf(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new(), ServerHost.DataFolder(folder, configuration));
            await Tables.MigrateAsync(database, cancel);
            var services = new ServiceCollection();
            services.AddLogging();
            services.AddAccess(database, configuration.GetSection("Limits").Get<Limits>() ?? new());
            await using var provider = services.BuildServiceProvider();
            await using var scope = provider.CreateAsyncScope();
            var problem = await SetAsync(scope.ServiceProvider, userName, role, await Console.In.ReadLineAsync(cancel) ?? "");
            await (problem is null ? Console.Out.WriteLineAsync($"{userName} can sign in with this password.") : Console.Error.WriteLineAsync(problem));
            return problem is null ? CommandLine.Done : CommandLine.FoundWrong;
        }
        catch (UnusableSettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.BadUsage;
        }
        catch (Exception problem) when (problem is UnusableDatabaseException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync($"expected a database that can be used, found: {problem.Message}");
            return CommandLine.FoundWrong;
        }
    }

    /// <returns>What is wrong; null when it was done.</returns>
    private static async Task<string?> SetAsync(IServiceProvider services, string userName, string? role, string password)
    {
        var (accounts, roles) = (services.GetRequiredService<UserManager<Account>>(), services.GetRequiredService<RoleManager<IdentityRole>>());
        var account = await accounts.FindByNameAsync(userName) ?? new Account { UserName = userName };
        var isNew = await accounts.FindByIdAsync(account.Id) is null;
        if (isNew && role is null) return $"expected --role for the new account {userName}, found none";
        foreach (var validator in accounts.PasswordValidators)
            if (await validator.ValidateAsync(accounts, account, password) is { Succeeded: false } weak) return Describe(weak);
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        var result = isNew ? await accounts.CreateAsync(account) : await accounts.UpdateSecurityStampAsync(account);
        if (role is null) return result.Succeeded ? null : Describe(result);
        if (!await roles.RoleExistsAsync(role)) await roles.CreateAsync(new(role));
        if (result.Succeeded && !await accounts.IsInRoleAsync(account, role)) result = await accounts.AddToRoleAsync(account, role);
        return result.Succeeded ? null : Describe(result);
    }

    private static string Describe(IdentityResult result) => string.Join(' ', result.Errors.Select(error => error.Description));
}
