using Workflow.Reliability.Runs;

namespace Workflow.Reliability.Faults;

/// <summary>Something that goes wrong, over and over, while clients work. Afterwards everything is up again.</summary>
internal abstract class Fault
{
    /// <summary>What one strike did, for the progress.</summary>
    public abstract string Name { get; }

    /// <summary>Size of the disk that the data lie on; null for one that is not filled.</summary>
    public virtual int? DiskMegabytes => null;

    /// <summary>Whether the run may use a demo clock, on which the deadlines of tasks pass in seconds.</summary>
    public virtual bool AllowsDemoClock => true;

    /// <summary>Called before the servers start.</summary>
    public virtual void Prepare(Installation installation)
    {
    }

    public abstract Task StrikeAsync(Installation installation, Random random);

    /// <summary>Called after the last strike: from now on nothing goes wrong.</summary>
    public virtual Task EndAsync(Installation installation) => Task.CompletedTask;
}
