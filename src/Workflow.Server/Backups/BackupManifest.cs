using System.Text.RegularExpressions;

namespace Workflow.Server.Backups;

/// <summary>A file in a backup.</summary>
/// <param name="Name">Its path in the data folder, with <c>/</c>.</param>
internal sealed record BackupPart(string Name, long SizeBytes, string Sha256);

/// <summary>What a backup says of itself: the part <see cref="Name"/>.</summary>
/// <param name="Format">The shape of the backup.</param>
/// <param name="Version">The program that took it.</param>
/// <param name="TakenAt">What was answered before is in it.</param>
internal sealed partial record BackupManifest(int Format, string Version, DateTimeOffset TakenAt, IReadOnlyList<BackupPart> Parts)
{
    public const int CurrentFormat = 1;

    public const string Name = "manifest.json";

    public const string Database = "workflow.db";

    public const string EvidenceFolder = "evidence/";

    /// <summary>Nothing else is ever written into a data folder from a backup.</summary>
    public static bool IsPartName(string name) => name == Database || EvidenceName().IsMatch(name);

    /// <summary>A piece of evidence lies under the hash of its content.</summary>
    public static string EvidencePart(string sha256) => $"{EvidenceFolder}{sha256[..2]}/{sha256}";

    [GeneratedRegex("^evidence/([0-9a-f]{2})/\\1[0-9a-f]{62}\\z")]
    private static partial Regex EvidenceName();
}

/// <summary>A backup cannot be taken or restored; the message says what was expected and what was found.</summary>
internal sealed class UnusableBackupException(string message) : Exception(message);
