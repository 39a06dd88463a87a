using System.Collections.Immutable;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Tests.WorkItems;

/// <summary>Who may know a reporter, by relation and role.</summary>
public class ReporterRightsTests
{
    private static readonly DateTimeOffset At = new(2026, 9, 14, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Clerk = new("clerk", "clerk", []);
    private static readonly Actor Handler = new("handler", "handler", ["t"]);
    private static readonly Actor Supervisor = new("boss", "boss", []) { Roles = [WorkItemRights.SupervisorRole] };
    private static readonly Actor HandlingSupervisor = Handler with { Roles = [WorkItemRights.SupervisorRole] };

    [Fact]
    public void Who_holds_an_item_may_call_the_reporter_back_while_they_hold_it()
    {
        Of(Handler, false, Item(new WorkItemState.Claimed(Handler.Person, At))).ShouldBe(ReporterRight.Read);
        Of(Handler, false, Item(new WorkItemState.Suspended(Handler.Person, "waiting", null, At))).ShouldBe(ReporterRight.Read);
        Of(Handler, false, Item(WorkItemState.Offered.Instance)).ShouldBe(ReporterRight.None);
        Of(Handler, false, Item(new WorkItemState.Done(Handler.Person, At, "Done", null))).ShouldBe(ReporterRight.None);
        Of(Clerk with { UserId = "other" }, false, Item(new WorkItemState.Claimed(Handler.Person, At))).ShouldBe(ReporterRight.None);
    }

    [Fact]
    public void A_confidential_reporter_is_hidden_from_whoever_handles_the_task_and_has_handled_it()
    {
        foreach (var state in new WorkItemState[] { new WorkItemState.Claimed(Handler.Person, At), new WorkItemState.Done(Handler.Person, At, "Done", null) })
        {
            Of(Handler, true, Item(state)).ShouldBe(ReporterRight.None);
            Of(HandlingSupervisor, true, Item(state)).ShouldBe(ReporterRight.None);
            Of(Supervisor, true, Item(state)).ShouldBe(ReporterRight.ReadAndErase);
            Of(Clerk, true, Item(state)).ShouldBe(ReporterRight.ReadAndErase);
        }
    }

    [Fact]
    public void Who_took_the_report_down_and_a_supervisor_may_read_and_erase()
    {
        Of(Clerk, false).ShouldBe(ReporterRight.ReadAndErase);
        Of(Supervisor, false).ShouldBe(ReporterRight.ReadAndErase);
        Of(HandlingSupervisor, false, Item(new WorkItemState.Done(Handler.Person, At, "Done", null))).ShouldBe(ReporterRight.ReadAndErase);
        Of(Supervisor with { Roles = [WorkItemRights.DutyOfficerRole, WorkItemRights.OrganiserRole] }, false).ShouldBe(ReporterRight.None);
    }

    private static ReporterRight Of(Actor actor, bool isConfidential, params WorkItem[] items) => ReporterRights.Of(new(Guid.Empty, isConfidential), Clerk.UserId, items, actor);

    private static WorkItem Item(WorkItemState state) => new(
        1, 1, "handle", StageName.Handling, new("t", "t", TeamKind.Enforcement), new("handle", null, null, ImmutableSortedDictionary<EvidenceKind, int>.Empty, ["Done"]), At) { State = state };
}
