namespace Workflow.Engine.Storage;

/// <summary>
/// Characters of the texts that are indexed: an index row has a limit, 900 or 1,700 bytes on SQL Server and about 2,700 on PostgreSQL. What a workflow
/// or a caller may make as long as they like is indexed by a hash instead.
/// </summary>
internal static class KeyLength
{
    /// <summary>As the reader of definitions demands it.</summary>
    public const int DefinitionId = 100;

    public const int UserId = 128;

    public const int TeamId = 128;

    public const int Role = 64;

    public const int AreaCode = 64;

    /// <summary>The codes from the city down.</summary>
    public const int AreaPath = 400;

    public const int Category = 64;

    public const int Shift = 64;

    public const int Channel = 32;

    /// <summary>Of a certificate: what it allows, and its number.</summary>
    public const int Certificate = 64;

    public const int TaskNumber = 64;

    public const int SubjectKey = 64;

    public const int Sequence = 64;

    /// <summary>Id of a calendar, as its reader demands it.</summary>
    public const int Calendar = 64;

    /// <summary>Of a calendar or a definition.</summary>
    public const int Version = 32;

    /// <summary>In hexadecimal digits.</summary>
    public const int Sha256 = 64;
}
