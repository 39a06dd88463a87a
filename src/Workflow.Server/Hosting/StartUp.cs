using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;

namespace Workflow.Server.Hosting;

/// <summary>What happens before the first request: migrate, publish what lies under <c>definitions/</c>, seed the demo organisation.</summary>
internal static class StartUp
{
    public static async Task RunAsync(WebApplication app, string definitions, IReadOnlyList<BusinessCalendar> calendars, CancellationToken cancel)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var database = services.GetRequiredService<Database>();
        await database.CheckAsync(cancel);
        await using var alone = await database.AloneAsync("start", cancel);
        var newer = services.GetRequiredService<IOptions<DatabaseOptions>>().Value.MigrateAtStart ? await Tables.MigrateAsync(database, cancel) : await Tables.CheckAsync(database, cancel);
        if (newer.Count > 0) app.Logger.LogWarning("A newer version has added to the database: {Migrations}. This server leaves alone what that version has stored", string.Join(", ", newer));
        foreach (var proposed in await services.GetRequiredService<ClockChanges>().InstallAsync(calendars, cancel))
            app.Logger.LogWarning("The file of calendar {Calendar} has another version than the one in force. It is proposed as change {Number} and changes nothing until it is applied", proposed.Subject, proposed.Number);
        await PublishAsync(DefinitionFiles.Folder(definitions, "workflows"), services.GetRequiredService<DefinitionReader>(), services.GetRequiredService<DefinitionLibrary>(), cancel);

        var demo = app.Environment.IsDevelopment()
            ? await services.GetRequiredService<DemoOrganisation>().SeedAsync(Path.Combine(DefinitionFiles.Folder(definitions, "organisation"), "demo.json"), cancel)
            : default;
        var outlines = services.GetRequiredService<OutlineStore>();
        if (app.Environment.IsDevelopment() && await outlines.IsEmptyAsync(cancel))
            await outlines.WriteAsync(AreaFiles.ReadOutlines(DefinitionFiles.Folder(definitions, "organisation")), services.GetRequiredService<TimeProvider>().GetUtcNow(), cancel);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            (app.Services.GetRequiredService<TimeProvider>() as DemoClock)?.Start();
            Greet(app, demo);
        });
    }

    /// <summary>The time of the last change in a database that may not exist yet.</summary>
    public static async Task<DateTimeOffset?> LatestStoredTimeAsync(Database database, CancellationToken cancel)
    {
        await using var db = database.CreateDbContext();
        await db.Database.MigrateAsync(cancel);
        return await db.Instances.MaxAsync(instance => (DateTimeOffset?)instance.UpdatedAt, cancel);
    }

    private static async Task PublishAsync(string folder, DefinitionReader reader, DefinitionLibrary library, CancellationToken cancel)
    {
        var ofFolder = reader.With(DefinitionFolder.Read(folder).Find);
        var files = DefinitionFiles.In(folder).Select(file => DefinitionFiles.Read(file, ofFolder)).ToList();
        var errors = files.SelectMany(file => file.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => $"{file.Path}: error: {problem}")).ToList();
        if (errors.Count > 0) throw new UnusableFileException(string.Join('\n', errors));
        foreach (var file in files.OrderBy(file => file.Definition!.Id.Version))
            if (await library.PublishAsync(file.Definition!, cancel) is { } refused) throw new UnusableFileException($"{file.Path}: error: {refused}");
    }

    private static void Greet(WebApplication app, (string Password, IReadOnlyList<string> Accounts) demo)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        Console.WriteLine();
        Console.WriteLine($"  Workflow is ready: {string.Join(", ", app.Urls)}");
        if (time is DemoClock clock) Console.WriteLine($"  Demo clock: {time.GetUtcNow().ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss zzz}, {clock.Speed} × real time");
        if (demo.Accounts is not null)
        {
            Console.WriteLine($"  Demo accounts (password {demo.Password}):");
            foreach (var account in demo.Accounts) Console.WriteLine($"    {account}");
        }
        Console.WriteLine();
    }
}
