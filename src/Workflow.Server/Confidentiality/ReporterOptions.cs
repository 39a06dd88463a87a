namespace Workflow.Server.Confidentiality;

/// <summary>How what is left over of reporters' records is removed (configuration section <c>Reporters</c>).</summary>
internal sealed class ReporterOptions
{
    /// <summary>Hours until a record or a key goes that no task or no record belongs to: of reports that were refused or cut off.</summary>
    public int OrphanHours { get; set; } = 24;

    /// <summary>Minutes between two looks for them, and for what retention erases.</summary>
    public int SweepMinutes { get; set; } = 60;
}
