namespace Workflow.Server.Hosting;

/// <summary>What operators see, and how servers show that they are there (configuration section <c>Operations</c>).</summary>
internal sealed class OperationsOptions
{
    /// <summary>The name of this server among those on its database. Null: the machine's.</summary>
    public string? NodeName { get; set; }

    /// <summary>Real time between two signs of life in the table <c>nodes</c>, and between two readings of what waits.</summary>
    public double HeartbeatSeconds { get; set; } = 5;

    /// <summary>A server that was not seen for longer is shown as gone.</summary>
    public double GoneAfterSeconds { get; set; } = 30;

    /// <summary>A server that was not seen for longer is forgotten.</summary>
    public double ForgetAfterHours { get; set; } = 24;

    /// <summary>An instance whose timer is overdue by more is stuck.</summary>
    public double OverdueSeconds { get; set; } = 60;

    /// <summary>How many of the last transactions' sizes the status tells.</summary>
    public int RecentBatches { get; set; } = 10;
}
