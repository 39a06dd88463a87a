using Workflow.Engine.Instances;

namespace Workflow.Engine.Tests.Instances;

public class LifecycleTests
{
    [Fact]
    public void An_instance_ends_once_and_nothing_brings_it_back()
    {
        var pairs = from before in Enum.GetValues<InstanceStatus>() from after in Enum.GetValues<InstanceStatus>() select (before, after);

        var legal = pairs.Where(pair => Changes(pair.before, pair.after)).ToList();

        legal.ShouldBe(
        [
            (InstanceStatus.Running, InstanceStatus.Finished), (InstanceStatus.Running, InstanceStatus.Faulted), (InstanceStatus.Running, InstanceStatus.Cancelled),
            (InstanceStatus.Faulted, InstanceStatus.Running), (InstanceStatus.Faulted, InstanceStatus.Cancelled),
        ]);
        legal.ShouldAllBe(pair => !pair.before.IsFinal());
    }

    private static bool Changes(InstanceStatus before, InstanceStatus after)
    {
        try
        {
            return Lifecycle.Change(before, after) == after;
        }
        catch (InvariantBrokenException)
        {
            return false;
        }
    }
}
