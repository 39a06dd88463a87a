using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Tests.Instances;

public class StimulusTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly World World = new(FrozenDictionary<string, BusinessCalendar>.Empty, TeamDirectory.Empty);
    private static readonly InstanceId Id = new(Guid.Parse("0199e000-0000-7000-8000-000000000001"));
    private static readonly Stimulus.Started Start = new(Id, ImmutableDictionary<string, JsonElement>.Empty, null) { At = At };

    private static readonly WorkflowDefinition Waiting = Read("""{ "definitionId": "wait", "root": { "id": "w", "type": "Test.Wait" } }""");

    [Fact]
    public void Every_kind_of_stimulus_is_handled()
    {
        var running = Apply(new(Id, Waiting.Id), Start);
        var by = new Actor("u", "U", []);
        Dictionary<Type, Reason?> expected = new()
        {
            [typeof(Stimulus.Started)] = null,
            [typeof(Stimulus.AlarmRepeated)] = Reason.NotAllowed,
            [typeof(Stimulus.EventReceived)] = Reason.EventNotAwaited,
            [typeof(Stimulus.BookmarkResumed)] = Reason.WaitUnknown,
            [typeof(Stimulus.EffectCompleted)] = Reason.EventNotAwaited,
            [typeof(Stimulus.EffectFailed)] = Reason.EventNotAwaited,
            [typeof(Stimulus.ChildEnded)] = Reason.EventNotAwaited,
            [typeof(Stimulus.IncidentDecided)] = Reason.IncidentUnknown,
            [typeof(Stimulus.Altered)] = Reason.AlterationRefused,
            [typeof(Stimulus.Cancelled)] = null,
            [typeof(Stimulus.BurstFailed)] = null,
            [typeof(Stimulus.TimerFired)] = Reason.TimerStale,
            [typeof(Stimulus.WorkItemClaimed)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemReleased)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.EvidenceAttached)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemCompleted)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemDeclined)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemRuled)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemTransferred)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemDelegated)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemGivenBack)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemReturned)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemTakenBack)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemSuspended)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemResumed)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.ExtensionAsked)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.ExtensionDecided)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.SignersAdded)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.SignerRemoved)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemUrged)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemCopied)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.WorkItemCommented)] = Reason.WorkItemUnknown,
            [typeof(Stimulus.TaskAnnotated)] = Reason.NotAllowed,
            [typeof(Stimulus.TaskWithdrawn)] = Reason.NotAllowed,
            [typeof(Stimulus.HandedDown)] = Reason.NotAllowed,
            [typeof(Stimulus.TaskTold)] = Reason.NotAllowed,
            [typeof(Stimulus.OrderFedBack)] = Reason.NotAllowed,
            [typeof(Stimulus.OrderPressed)] = Reason.NotAllowed,
            [typeof(Stimulus.OrderStruckOff)] = Reason.NotAllowed,
        };
        Stimulus[] stimuli =
        [
            new Stimulus.AlarmRepeated(ImmutableDictionary<string, JsonElement>.Empty) { At = At }, new Stimulus.EventReceived("other", null) { At = At }, new Stimulus.BookmarkResumed(9, null) { At = At },
            new Stimulus.EffectCompleted(9, null) { At = At }, new Stimulus.EffectFailed(9, "x") { At = At },
            new Stimulus.ChildEnded(9, new(Id, InstanceStatus.Finished, ImmutableDictionary<string, JsonElement>.Empty)) { At = At },
            new Stimulus.IncidentDecided(9, IncidentDecision.Retry, null, null) { At = At, By = by }, new Stimulus.Altered([new Alteration.CancelActivity("nobody")], null) { At = At, By = by }, new Stimulus.TimerFired(new(TimerKind.Bookmark, 2)) { At = At },
            new Stimulus.WorkItemClaimed(9, 1) { At = At, By = by }, new Stimulus.WorkItemReleased(9, 1) { At = At, By = by }, new Stimulus.WorkItemCompleted(9, 1, "Done", null) { At = At, By = by },
            new Stimulus.EvidenceAttached(9, new("e", EvidenceKind.Photo, "image/png", 1, "00", "p.png", At, by.Person)) { At = At, By = by },
            new Stimulus.WorkItemDeclined(9, 1, "why", "team") { At = At, By = by },
            new Stimulus.WorkItemRuled(9, 1, "team", "why") { At = At, By = by },
            new Stimulus.WorkItemTransferred(9, 1, "team", null, null) { At = At, By = by },
            new Stimulus.WorkItemDelegated(9, 1, "u", null) { At = At, By = by },
            new Stimulus.WorkItemGivenBack(9, 1, null) { At = At, By = by },
            new Stimulus.WorkItemReturned(9, 1, "step:x", "why") { At = At, By = by },
            new Stimulus.WorkItemTakenBack(9, 1, null) { At = At, By = by },
            new Stimulus.WorkItemSuspended(9, 1, "why", null) { At = At, By = by },
            new Stimulus.WorkItemResumed(9, 1) { At = At, By = by },
            new Stimulus.ExtensionAsked(9, 1, "PT1H", "why") { At = At, By = by },
            new Stimulus.ExtensionDecided(9, 1, true, null) { At = At, By = by },
            new Stimulus.SignersAdded(9, 1, [new("team", null)], "why") { At = At, By = by },
            new Stimulus.SignerRemoved(9, 1, "why") { At = At, By = by },
            new Stimulus.WorkItemUrged(9, null) { At = At, By = by },
            new Stimulus.WorkItemCopied(9, ["u"]) { At = At, By = by },
            new Stimulus.WorkItemCommented(9, "text") { At = At, By = by },
            new Stimulus.TaskAnnotated("text") { At = At, By = by },
            new Stimulus.TaskWithdrawn("why") { At = At, By = by },
            new Stimulus.HandedDown("handed-down", []) { At = At, By = by },
            new Stimulus.TaskTold(new TaskMessage.CoveredEnded(Id)) { At = At },
            new Stimulus.OrderFedBack("text") { At = At, By = by },
            new Stimulus.OrderPressed(OrderRung.Urge, "text") { At = At, By = by },
            new Stimulus.OrderStruckOff("text") { At = At, By = by },
        ];

        foreach (var stimulus in stimuli)
            Transition.Apply(Waiting, running, stimulus, World).ShouldBeOfType<Step.Rejected>().Why.Reason.ShouldBe(expected[stimulus.GetType()]!.Value);

        FactTests.Kinds<Stimulus>().ShouldBe(expected.Keys, ignoreOrder: true, "a new stimulus belongs in this test");
    }

    [Fact]
    public void An_instance_is_started_once()
    {
        var running = Apply(new(Id, Waiting.Id), Start);

        Should.Throw<InvariantBrokenException>(() => Transition.Apply(Waiting, running, Start, World));
    }

    [Theory]
    [InlineData("{}", "/inputs/a~1b: nothing")]
    [InlineData("""{ "a/b": null }""", "/inputs/a~1b: nothing")]
    [InlineData("""{ "a/b": "much" }""", "/inputs/a~1b: \"much\"")]
    [InlineData("""{ "a/b": 1, "note": "\ud800" }""", "/inputs/note: half of a surrogate pair")]
    [InlineData("""{ "a/b": 1, "x~": 1 }""", "/inputs/x~0: 'x~'")]
    public void Inputs_that_do_not_fit_are_refused_with_a_pointer_each(string inputs, string problem)
    {
        var definition = Read("""
            { "definitionId": "in", "inputs": [ { "name": "a/b", "type": "Double", "isRequired": true }, { "name": "note", "type": "String" } ],
              "root": { "id": "w", "type": "Test.Wait" } }
            """);
        var start = Start with { Input = JsonElement.Parse(inputs).EnumerateObject().ToImmutableDictionary(input => input.Name, input => input.Value) };

        var why = Transition.Apply(definition, new(Id, definition.Id), start, World).ShouldBeOfType<Step.Rejected>().Why;

        why.Reason.ShouldBe(Reason.InputInvalid);
        why.Problems.ShouldNotBeNull().Select(found => $"{found.Pointer}: {found.Found}").ShouldBe([problem]);
    }

    [Fact]
    public void Time_never_runs_backwards_for_an_instance()
    {
        var running = Apply(new(Id, Waiting.Id), Start with { At = At.AddHours(1) });

        var after = Apply(running, new Stimulus.EventReceived("go", JsonElement.Parse("1")) { At = At });

        (after.UpdatedAt, after.EndedAt).ShouldBe((At.AddHours(1), At.AddHours(1)));
    }

    [Fact]
    public void A_payload_that_could_not_be_stored_is_refused()
    {
        var running = Apply(new(Id, Waiting.Id), Start);
        var payload = JsonElement.Parse("""{ "a": ["\udc00"] }""");

        var step = Transition.Apply(Waiting, running, new Stimulus.EventReceived("go", payload) { At = At }, World);

        step.ShouldBeOfType<Step.Rejected>().Why.Reason.ShouldBe(Reason.InputInvalid);
    }

    private static WorkflowInstance Apply(WorkflowInstance before, Stimulus stimulus) =>
        Transition.Apply(Waiting, before, stimulus, World).ShouldBeOfType<Step.Advanced>().After;

    private static WorkflowDefinition Read(string json)
    {
        var problems = new ProblemList();
        return new DefinitionReader(new Definitions.TestCatalog.Shapes([new Wait()]), new HashSet<string>()).Read(json, problems) ?? throw new FormatException(string.Join("\n", problems.All));
    }

    private sealed class Wait : Activity
    {
        public override ActivityDescriptor Descriptor { get; } = new("Test.Wait");

        public override void Execute(ActivityContext context) => context.Wait(BookmarkKind.Event, "go");
    }
}
