using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>The clock of the first server jumps: two hours ahead, one back, a few seconds. Needs libfaketime (Debian package faketime).</summary>
internal sealed class JumpClock : Fault
{
    private static readonly string[] Jumps = ["+2h", "-1h", "+5", "-5"];

    private int jumps;

    public override string Name => $"clock jump to {Jumps[(jumps + Jumps.Length - 1) % Jumps.Length]}";

    public override bool AllowsDemoClock => false;

    /// <summary>The library; null where it is not installed.</summary>
    public static string? Library { get; } =
        Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).FirstOrDefault(File.Exists) : null;

    public override void Prepare(Installation installation)
    {
        Set(installation, "+0");
        var settings = installation.Nodes[0].Settings;
        settings["LD_PRELOAD"] = Library ?? throw new NotSupportedException("clock jumps: expected libfaketime (Debian package faketime), found none");
        settings["FAKETIME_TIMESTAMP_FILE"] = FileOf(installation);
        settings["FAKETIME_NO_CACHE"] = "1";
        // Sleeps and time limits run on the monotonic clock, which does not jump.
        settings["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        settings["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
    }

    public override Task StrikeAsync(Installation installation, Random random)
    {
        Set(installation, Jumps[jumps++ % Jumps.Length]);
        return Task.CompletedTask;
    }

    /// <summary>Later than every time that was ever shown, so that everything that was planned is due.</summary>
    public override Task EndAsync(Installation installation)
    {
        Set(installation, "+3h");
        return Task.CompletedTask;
    }

    private static string FileOf(Installation installation) => Path.Combine(installation.Folder, "clock");

    /// <summary>In one step: the server reads the file at any moment.</summary>
    private static void Set(Installation installation, string offset)
    {
        var file = FileOf(installation);
        File.WriteAllText($"{file}.new", offset + "\n");
        File.Move($"{file}.new", file, overwrite: true);
    }
}
