using System.CommandLine;
using System.Globalization;
using Workflow.Server.Hosting;

namespace Workflow.Server.Commands;

/// <summary>What the command line says about serving.</summary>
/// <param name="Now">Where a demo clock starts; null for real time.</param>
/// <param name="Speed">Seconds of the demo clock per second of real time.</param>
internal sealed record ServeSettings(string? Urls, string? DataFolder, string? Environment, DateTimeOffset? Now, double? Speed)
{
    /// <summary>Assemblies besides those of the setting <c>Plugins</c>.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [];

    public bool HasDemoClock => Now is not null || Speed is not null;
}

internal static class ServeCommand
{
    private const double MaxSpeed = 100_000;

    private static readonly Option<string?> Urls = new("--urls") { Description = "Address to listen on. Default: http://127.0.0.1:5080." };
    private static readonly Option<string?> Data = DataFolder();
    private static readonly Option<string?> Environment = new("--environment") { Description = "Development or Production." };
    private static readonly Option<string?> Now = new("--now") { Description = "Development only: the demo clock starts at this time, such as 2026-10-03T02:14:00+08:00." };
    private static readonly Option<double?> Speed = new("--speed") { Description = "Development only: the demo clock runs this many times as fast as real time." };

    private static readonly Option<string[]> Plugins = CommandLine.Plugins();

    public static void AddTo(RootCommand root)
    {
        Now.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && IsoTime.Parse(text) is null) result.AddError($"--now: expected a time with its offset, found '{text}'");
        });
        Speed.CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed is > 0 and <= MaxSpeed) return speed;
            result.AddError($"--speed: expected more than 0 and at most {MaxSpeed}, found '{text}'");
            return null;
        };
        var serve = new Command("serve", "Serves the API and the web client (the default).");
        foreach (var command in new Command[] { root, serve })
        {
            foreach (var option in new Option[] { Urls, Data, Environment, Now, Speed, Plugins }) command.Add(option);
            command.SetAction((parsed, cancel) => ServerHost.RunAsync(Read(parsed), cancel));
        }
        root.Add(serve);
    }

    /// <summary>The option that names the data folder, the same for every command.</summary>
    public static Option<string?> DataFolder() => new("--data") { Description = "Folder of the SQLite file, the evidence and the logs. Default: data." };

    private static ServeSettings Read(ParseResult parsed) => new(
        parsed.GetValue(Urls), parsed.GetValue(Data), parsed.GetValue(Environment),
        parsed.GetValue(Now) is { } now ? IsoTime.Parse(now) : null, parsed.GetValue(Speed)) { Plugins = parsed.GetValue(Plugins) ?? [] };
}
