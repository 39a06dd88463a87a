using Workflow.Engine.Instances;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.ControlFlow;

/// <summary>The token-based mode. What Elsa does is compared by the conformance suite; here is what we add to it.</summary>
public class TokenFlowTests
{
    private const string TokenBased = "'customProperties': { 'Flowchart:ExecutionMode': 'TokenBased' },";

    [Fact]
    public void A_branch_that_arrives_late_at_a_race_ends_there()
    {
        const string Race = "{ 'id': 'x', 'type': 'Elsa.WriteLine', 'text': 'x', 'customProperties': { 'mergeMode': 'Race' } }";
        var response = Flow.Chart("c", "f=Fork(L,R) s=Set e", "f.L>s f.R>e s>x e>x", Race);

        var task = Instance(TaskDefinition(response: response, members: TokenBased)).Start();
        task.Waiting.ShouldBe("e");
        task.Send("e");

        task.Visits.ShouldContain("Response1 Done");
        task.State.Incidents.ShouldBeEmpty();
    }

    [Fact]
    public void A_merge_over_a_path_that_nobody_took_becomes_an_incident_in_a_task()
    {
        var task = Instance(TaskDefinition(response: DeadPath, members: TokenBased)).Start();

        var incident = task.State.Incidents.ShouldHaveSingleItem();
        incident.Node.ShouldBe("c");
        incident.Message.ShouldBe("expected an arrival over b.Done>j, found nothing that can still come that way");
    }

    [Fact]
    public void Elsewhere_it_stalls_as_in_Elsa_and_says_so()
    {
        var instance = Started(DeadPath, TokenBased);

        (instance.State.Status, instance.State.IsStalled, instance.Waiting).ShouldBe((InstanceStatus.Running, true, ""));
    }

    [Fact]
    public void A_person_skips_what_cannot_go_on()
    {
        var task = Instance(TaskDefinition(response: DeadPath, members: TokenBased)).Start();

        task.Do(new Stimulus.IncidentDecided(task.State.Incidents[0].Id, IncidentDecision.Skip, null, "the other half is not needed") { At = task.Now, By = Wang });

        task.Visits.ShouldContain("Response1 Done");
        task.State.Incidents[0].Resolution!.By!.Name.ShouldBe("王磊");
    }

    private static string DeadPath => Flow.Chart("c", "f=Fork(L,R) a=Set d=Decision(false) b=Set j=Join(WaitAll) z", "f.L>a f.R>d d.True>b a>j b>j j>z");
}
