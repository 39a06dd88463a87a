using System.CommandLine;
using Workflow.Engine.Storage;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary><c>workflow migrate</c>: brings the tables of the configured database to what this build needs.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var script = new Option<bool>("--script") { Description = "Prints the SQL, which does only what is missing, and changes nothing. Not for SQLite." };
        var data = ServeCommand.DataFolder();
        var command = new Command("migrate", "Brings the tables of the configured database to what this build needs.") { script, data };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(data), parsed.GetValue(script), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? folder, bool isScript, CancellationToken cancel)
    {
        try
        {
            var configuration = ServerHost.Configuration();
            var database = Tables.DatabaseOf(configuration.GetSection("Database").Get<DatabaseOptions>() ?? new(), ServerHost.DataFolder(folder, configuration));
            if (isScript && database.Provider == DatabaseProvider.Sqlite) throw new UnusableSettingException("--script: expected Postgres or SqlServer in Database:Provider, found Sqlite");
            if (isScript) await Console.Out.WriteLineAsync(Tables.Script(database));
            else
            {
                await Tables.MigrateAsync(database, cancel);
                await Console.Out.WriteLineAsync("The tables are those of this build.");
            }
            return CommandLine.Done;
        }
        catch (UnusableSettingException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.BadUsage;
        }
        catch (UnusableDatabaseException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return CommandLine.FoundWrong;
        }
        catch (System.Data.Common.DbException problem)
        {
            await Console.Error.WriteLineAsync($"expected a database that answers, found: {problem.Message}");
            return CommandLine.FoundWrong;
        }
    }
}
