using System.Diagnostics.Metrics;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>The instruments of one engine. Nothing is measured for them while nobody listens; names and units stand in docs/operations.md.</summary>
public sealed class EngineMeter : IDisposable
{
    public const string Name = "Workflow.Engine";

    private BacklogReading? backlog;

    public EngineMeter()
    {
        Gauge("workflow.timers.overdue", "{timer}", "Timers that are due and have not fired", reading => reading.TimersOverdue);
        Gauge("workflow.timers.lag", "s", "How long the first overdue timer has been due", reading => reading.TimerLag.TotalSeconds);
        Gauge("workflow.outbox.pending", "{effect}", "Effects that are to be done, or whose end is to be told", reading => reading.EffectsPending);
        Gauge("workflow.outbox.age", "s", "How long ago the oldest of them was asked for", reading => reading.OutboxAge.TotalSeconds);
        Gauge("workflow.outbox.dead", "{effect}", "Dead letters", reading => reading.DeadLetters);
        Gauge("workflow.incidents.open", "{incident}", "Incidents that nobody has decided", reading => reading.IncidentsOpen);
    }

    public Meter Meter { get; } = new(Name);

    /// <summary>The last reading of what waits in the database; without one its gauges are silent.</summary>
    public void Show(BacklogReading reading) => Volatile.Write(ref backlog, reading);

    public void Dispose() => Meter.Dispose();

    private void Gauge(string name, string unit, string description, Func<BacklogReading, double> value) =>
        Meter.CreateObservableGauge(name, () => Volatile.Read(ref backlog) is { } reading ? [new Measurement<double>(value(reading))] : Array.Empty<Measurement<double>>(), unit, description);
}
