using Workflow.Engine.Running;

namespace Workflow.Server.Hosting;

/// <summary>Reads how long things are kept. A number that cannot be meant ends the start: what was deleted by mistake does not come back.</summary>
internal static class RetentionSetup
{
    /// <param name="folder">The data folder, from which a relative archive folder is reckoned.</param>
    public static RetentionOptions Read(IConfiguration configuration, string folder)
    {
        var options = configuration.GetSection("Retention").Get<RetentionOptions>() ?? new();
        Need("FinishedDays", options.FinishedDays, 0);
        Need("CancelledDays", options.CancelledDays, 0);
        Need("BatchSize", options.BatchSize, 1);
        Need("LogDays", options.LogDays, 1);
        options.ArchiveFolder = string.IsNullOrEmpty(options.ArchiveFolder) ? null : Path.GetFullPath(options.ArchiveFolder, folder);
        return options;
    }

    private static void Need(string name, int value, int least)
    {
        if (value < least) throw new UnusableSettingException($"Retention:{name}: expected {least} or more, found {value}");
    }
}
