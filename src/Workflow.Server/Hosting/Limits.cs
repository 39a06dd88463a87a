namespace Workflow.Server.Hosting;

/// <summary>Every limit of the API (configuration section <c>Limits</c>).</summary>
internal sealed class Limits
{
    public int PageSize { get; set; } = 50;

    public int MaxPageSize { get; set; } = 200;

    /// <summary>Largest request body in bytes, uploads excepted.</summary>
    public long RequestBytes { get; set; } = 1_048_576;

    /// <summary>Largest pieces of evidence in bytes.</summary>
    public long PhotoBytes { get; set; } = 26_214_400;

    public long VideoBytes { get; set; } = 524_288_000;

    public long DocumentBytes { get; set; } = 52_428_800;

    /// <summary>Largest import in bytes, and how many documents it may bring.</summary>
    public long ImportBytes { get; set; } = 33_554_432;

    public int ImportDocuments { get; set; } = 200;

    /// <summary>Tasks or events that one request may bring, and how many of them are raised side by side.</summary>
    public int BatchTasks { get; set; } = 1000;

    public int BatchParallelism { get; set; } = 64;

    /// <summary>Rows of an import of subjects, and how many of the problems of a refused one are listed.</summary>
    public int ImportRows { get; set; } = 200_000;

    public int ImportProblems { get; set; } = 100;

    /// <summary>Characters of the name of a subject.</summary>
    public int NameLength { get; set; } = 200;

    /// <summary>How far away a deadline may be that comes with a task.</summary>
    public int DueByDays { get; set; } = 3660;

    public int SubjectLength { get; set; } = 200;

    /// <summary>Reasons, notes and comments on work items, in characters.</summary>
    public int TextLength { get; set; } = 2000;

    /// <summary>Tasks of one tree that are shown.</summary>
    public int TreeTasks { get; set; } = 1000;

    /// <summary>Work items that one request may claim, transfer or urge.</summary>
    public int BulkItems { get; set; } = 200;

    /// <summary>Filters that one person may save.</summary>
    public int SavedFilters { get; set; } = 50;

    /// <summary>How far the rows of a list are counted; what is more is said to be more.</summary>
    public int CountedRows { get; set; } = 1000;

    /// <summary>How far back the list of notices goes; what rungs told before stands in the tasks.</summary>
    public int NoticeDays { get; set; } = 30;

    /// <summary>Of a search: characters, and words.</summary>
    public int SearchLength { get; set; } = 100;

    public int SearchWords { get; set; } = 8;

    /// <summary>For how long from now a task may be hidden from the area that it is about.</summary>
    public int HiddenDays { get; set; } = 365;

    /// <summary>People of one copy.</summary>
    public int Recipients { get; set; } = 100;

    public int IdempotencyKeyLength { get; set; } = 255;

    /// <summary>Wrong passwords in a row before an account is locked for a while.</summary>
    public int SignInAttempts { get; set; } = 10;

    public int SignInLockoutMinutes { get; set; } = 5;
}
