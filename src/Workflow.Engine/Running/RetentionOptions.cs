namespace Workflow.Engine.Running;

/// <summary>How long is kept what has ended (configuration section <c>Retention</c>).</summary>
public sealed class RetentionOptions
{
    /// <summary>Days after its end until a finished instance is deleted, or archived. 0: it is kept for ever.</summary>
    public int FinishedDays { get; set; }

    /// <summary>The same for instances that a person has ended before their time.</summary>
    public int CancelledDays { get; set; }

    /// <summary>Days after its end until a task's reporter is erased. 0: they stay as long as the task.</summary>
    public int ReporterDays { get; set; }

    /// <summary>The record of a task's reporter stays when the task is deleted or archived; otherwise it is erased with it.</summary>
    public bool KeepReporters { get; set; }

    /// <summary>Instances that one transaction deletes, and one file of the archive holds, at most; also answers that are forgotten together.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>Days for which the server's daily log files are kept.</summary>
    public int LogDays { get; set; } = 190;

    /// <summary>Where instances are written before they are deleted. Null: they are deleted.</summary>
    public string? ArchiveFolder { get; set; }
}
