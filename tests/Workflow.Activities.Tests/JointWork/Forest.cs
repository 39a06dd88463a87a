using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.JointWork;
using Workflow.Engine.Staffing;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.JointWork;

/// <summary>Tasks that tell each other, in memory: each burst is the core's, and effects wait until the test has them done, once or again.</summary>
internal sealed class Forest
{
    public static readonly Actor City = new("u-city", "钱进", ["inspection-city"]) { Roles = ["supervisor"] };

    public static readonly Place CityPlace = new("5101", "成都市", "5101/", "成都市");

    private static readonly Place[] Places =
    [
        CityPlace, new("gaoxin", "高新区", "5101/gaoxin/", "高新区"), new("wuhou", "武侯区", "5101/wuhou/", "武侯区"), new("guixi", "桂溪街道", "5101/gaoxin/guixi/", "高新区"),
        new("shiyang", "石羊街道", "5101/gaoxin/shiyang/", "高新区"), new("jiangxi", "浆洗街街道", "5101/wuhou/jiangxi/", "武侯区"),
    ];

    private static readonly (string Area, string Id, TeamKind Kind)[] Covers =
    [
        ("5101", "inspection-city", TeamKind.Inspection), ("5101", "tech-city", TeamKind.TechGrid), ("gaoxin", "enforcement-gaoxin", TeamKind.Enforcement), ("wuhou", "enforcement-wuhou", TeamKind.Enforcement),
        ("guixi", "grid-guixi", TeamKind.CommunityGrid), ("shiyang", "grid-shiyang", TeamKind.CommunityGrid), ("jiangxi", "grid-jiangxi", TeamKind.CommunityGrid),
    ];

    public static readonly WorkflowDefinition HandedDown = An.Read(Calendars.Definition("workflows", "handed-down"));

    public static readonly WorkflowDefinition Ordered = An.Read(Calendars.Definition("workflows", "supervised-order"));

    private readonly Dictionary<InstanceId, (Promises Promises, WorkflowInstance State)> tasks = [];
    private readonly Dictionary<string, WorkflowDefinition> definitions = new[] { HandedDown, Ordered }.ToDictionary(definition => definition.Id.DefinitionId);
    private int started;

    public World World { get; } = new(
        new[] { BusinessCalendar.Continuous, Calendars.China }.ToFrozenDictionary(calendar => calendar.Id),
        new(Covers.Select(cover => new Team(cover.Id, cover.Id, cover.Kind)), Covers.Select(cover => new TeamCover(cover.Area, cover.Id)).ToList())
        {
            Areas = Places.ToFrozenDictionary(place => place.AreaCode),
            Members = Covers.Select(cover => MemberOf(cover.Id)).Append(City).ToFrozenDictionary(actor => actor.UserId, actor => new Member(actor.Person, actor.Teams)),
        });

    public DateTimeOffset Now { get; set; } = Calendars.At("2026-09-14T10:00+08:00");

    /// <summary>Effects that are still to be done, oldest first.</summary>
    public List<(InstanceId From, EffectRequest Effect)> Outbox { get; } = [];

    public List<Fact> Journal { get; } = [];

    public IEnumerable<WorkflowInstance> All => tasks.Values.Select(task => task.State);

    public static Actor MemberOf(string team) => new($"u-{team}", team, [team]);

    public static Place PlaceOf(string area) => Places.First(place => place.AreaCode == area);

    public WorkflowInstance this[InstanceId id] => tasks[id].State;

    public bool Has(InstanceId id) => tasks.ContainsKey(id);

    public InstanceId Start(WorkflowDefinition definition, string area = "5101", Order? order = null)
    {
        definitions.TryAdd(definition.Id.DefinitionId, definition);
        var id = InstanceId.From($"task {started++}");
        Do(id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, new($"CD-{started}", "扬尘", PlaceOf(area), Priority.Normal) { Order = order }) { At = Now, By = City }, definition);
        return id;
    }

    public Rejection? Try(InstanceId id, Stimulus stimulus, WorkflowDefinition? start = null)
    {
        var definition = start ?? definitions[tasks[id].State.Definition.DefinitionId];
        var (promises, before) = tasks.TryGetValue(id, out var known) ? known : (new(definition), new(id, definition.Id));
        if (start is not null && before.Revision > 0) return new(Reason.AlreadyStarted, "", "");
        var step = Transition.Apply(definition, before, stimulus, World);
        Promises.CheckPure(step, Transition.Apply(definition, before, stimulus, World));
        if (step is not Step.Advanced advanced) return ((Step.Rejected)step).Why;
        tasks[id] = (promises, promises.CheckBurst(before, advanced));
        Journal.AddRange(advanced.Facts);
        Outbox.AddRange(advanced.Facts.OfType<Fact.EffectRequested>().Select(fact => (id, fact.Effect)));
        return null;
    }

    public void Do(InstanceId id, Stimulus stimulus, WorkflowDefinition? start = null) => Try(id, stimulus, start).ShouldBeNull();

    /// <summary>Does one effect as the handlers do.</summary>
    /// <param name="again">True as after a crash between its end and the settling of its row.</param>
    public void Deliver(int index = 0, bool again = false)
    {
        var (_, effect) = Outbox[index];
        if (!again) Outbox.RemoveAt(index);
        switch (effect.Kind)
        {
            case "start-child":
                var start = effect.Read<StartChild>();
                Try(start.Child, new Stimulus.Started(start.Child, start.Input, start.Task! with { Number = $"CD-{started++}" }) { At = Now, By = start.By, Parent = start.Parent }, definitions[start.DefinitionId]);
                break;
            case "tell-parent":
                var told = effect.Read<TellParent>();
                Try(told.Parent.Instance, new Stimulus.ChildEnded(told.Parent.Effect, told.Result) { At = Now, By = told.By });
                break;
            case "tell-task":
                var message = effect.Read<TellTask>();
                // What the handler does when the target has not started yet: later again.
                if (!Has(message.To)) Outbox.Add((default, effect));
                else if (Try(message.To, new Stimulus.TaskTold(message.Message) { At = Now, By = message.By }) is { Reason: Reason.TaskClosed } && message.Message is TaskMessage.OrderGiven given)
                    Try(given.Order, new Stimulus.TaskTold(new TaskMessage.CoveredEnded(message.To)) { At = Now });
                break;
        }
    }

    public void DeliverAll()
    {
        while (Outbox.Count > 0) Deliver();
    }

    public WorkItem Open(InstanceId id) => this[id].WorkItems.Single(item => item.IsOpen);

    public void Claim(InstanceId id, Actor? by = null) =>
        Do(id, new Stimulus.WorkItemClaimed(Open(id).Number, Stimulus.OnWorkItem.AnyRevision) { At = Now, By = by ?? MemberOf(Open(id).Team.Id) });

    public Rejection? TryComplete(InstanceId id, string? outcome = null, string text = "已办理")
    {
        var item = Open(id);
        return Try(id, new Stimulus.WorkItemCompleted(item.Number, Stimulus.OnWorkItem.AnyRevision, outcome ?? item.Content.Outcomes[0], ValuesOf(id, item, text))
        {
            At = Now, By = new(item.Holder!.UserId, item.Holder.Name, [item.Team.Id]),
        });
    }

    /// <summary>Claims the open item and completes it, and lets everybody hear of it.</summary>
    public void Work(InstanceId id, string? outcome = null, string text = "已办理")
    {
        Claim(id);
        TryComplete(id, outcome, text).ShouldBeNull();
        DeliverAll();
    }

    public IReadOnlyList<InstanceId> HandDown(InstanceId id, params PartAsked[] parts)
    {
        var before = this[id].Task!.Parts.Length;
        Do(id, new Stimulus.HandedDown(HandedDown.Id.DefinitionId, [.. parts]) { At = Now, By = City });
        DeliverAll();
        return [.. this[id].Task!.Parts.Skip(before).Select(part => part.Task)];
    }

    private JsonElement? ValuesOf(InstanceId id, WorkItem item, string text)
    {
        if (item.Content.Form is not { } form) return null;
        var schema = definitions[this[id].Definition.DefinitionId].Forms[form].Example();
        return JsonSerializer.SerializeToElement(schema.EnumerateObject().ToDictionary(member => member.Name, _ => text), InstanceJson.Options);
    }
}
