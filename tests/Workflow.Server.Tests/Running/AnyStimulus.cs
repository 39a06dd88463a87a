using System.Collections.Immutable;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.Tests.Running;

/// <summary>Anything that may come to a task: commands of people who may and who may not, events, timers, decisions, alterations; mostly about what is there.</summary>
internal sealed class AnyStimulus(WorkflowDefinition definition, WorkflowInstance task, Random random, DateTimeOffset now)
{
    public static readonly (string Id, TeamKind Kind)[] Teams =
    [
        ("grid", TeamKind.CommunityGrid), ("grid-b", TeamKind.CommunityGrid), ("tech", TeamKind.TechGrid),
        ("enforcement", TeamKind.Enforcement), ("enforcement-b", TeamKind.Enforcement), ("inspection", TeamKind.Inspection),
    ];

    public static readonly Actor[] People =
    [
        .. Teams.SelectMany(team => new[] { 1, 2 }.Select(number => new Actor($"u-{team.Id}{(number == 1 ? "" : "-2")}", $"{team.Id} {number}", [team.Id]))),
        new("u-boss", "boss", ["inspection"]) { Roles = [WorkItemRights.SupervisorRole, WorkItemRights.DutyOfficerRole] },
    ];

    private static readonly WorkItemCommand[] Commands = [.. WorkItemRights.Table.Select(right => right.Command)];

    public Stimulus Next()
    {
        if (task.Incidents.LastOrDefault(incident => incident.IsOpen) is { } open && random.Next(2) == 0) return Decision(open.Id);
        var roll = random.Next(100);
        if (roll < 68 && !task.WorkItems.IsEmpty) return OnItem();
        if (roll < 76 && task.Bookmarks.Length > 0 && Pick(task.Bookmarks) is var wait) return wait.DueAt is null ? Event(wait.Key) : Timer(TimerKind.Bookmark, wait.Id);
        if (roll < 84 && task.Clocks.Length > 0) return Timer(TimerKind.Clock, Pick(task.Clocks).Id);
        return random.Next(13) switch
        {
            0 => Event("ping"),
            1 => new Stimulus.BookmarkResumed(task.Bookmarks.IsEmpty ? 0 : Pick(task.Bookmarks).Id, null) { At = now },
            2 => new Stimulus.EffectCompleted(random.Next(task.LastNumber + 1), null) { At = now },
            3 => new Stimulus.EffectFailed(random.Next(task.LastNumber + 1), "gone") { At = now },
            4 => new Stimulus.ChildEnded(random.Next(task.LastNumber + 1), new(task.Id, InstanceStatus.Finished, ImmutableDictionary<string, JsonElement>.Empty)) { At = now },
            5 => new Stimulus.AlarmRepeated(ImmutableDictionary<string, JsonElement>.Empty) { At = now },
            6 => random.Next(4) == 0 ? new Stimulus.BurstFailed("Test", "broken off") { At = now } : Event("pong"),
            7 => random.Next(6) == 0 ? new Stimulus.Cancelled("重复") { At = now, By = Pick(People) } : Timer(TimerKind.Bookmark, random.Next(99)),
            8 => new Stimulus.TaskWithdrawn("误报") { At = now, By = Pick(People) },
            9 or 10 => new Stimulus.Altered([Alteration()], "试") { At = now, By = Pick(People) },
            _ => Decision(random.Next(99)),
        };
    }

    private Stimulus.IncidentDecided Decision(int incident) => new(incident, Pick(Enum.GetValues<IncidentDecision>()), null, "试") { At = now, By = Pick(People) };

    private Stimulus.EventReceived Event(string name) => new(name, random.Next(2) == 0 ? null : JsonElement.Parse("true")) { At = now };

    private Stimulus.TimerFired Timer(TimerKind kind, int number) => new(new(kind, number)) { At = now };

    private Alteration Alteration()
    {
        var node = Pick(definition.Nodes.Keys.Order(StringComparer.Ordinal).ToList());
        return random.Next(3) switch
        {
            0 => new Alteration.ScheduleActivity(node),
            1 => new Alteration.CancelActivity(node),
            _ => new Alteration.ModifyVariable("yes", JsonElement.Parse(random.Next(2) == 0 ? "false" : "true")),
        };
    }

    private Stimulus.OnWorkItem OnItem()
    {
        var open = task.WorkItems.Where(item => item.IsOpen).ToList();
        var item = open.Count > 0 && random.Next(8) > 0 ? Pick(open) : Pick(task.WorkItems);
        var (by, command) = (Pick(People), Pick(Commands));
        if (random.Next(8) > 0)
        {
            var legal = People.SelectMany(person => WorkItemActions.Of(task, item, person).Select(allowed => (Person: person, Command: allowed))).ToList();
            // Everybody may talk; most people work; the rest happens now and then.
            var choices = legal.Select(choice => choice.Command).Distinct().Where(choice => choice is not (WorkItemCommand.Comment or WorkItemCommand.Copy or WorkItemCommand.Urge) || random.Next(8) == 0).ToList();
            if (choices.Count > 0)
            {
                var work = choices.FindIndex(choice => choice is WorkItemCommand.Complete or WorkItemCommand.Claim or WorkItemCommand.GiveBack or WorkItemCommand.Resume or WorkItemCommand.Rule or WorkItemCommand.DecideExtension or WorkItemCommand.DecidePause);
                command = choices[work >= 0 && random.Next(2) == 0 ? work : random.Next(choices.Count)];
                by = Pick(legal.Where(choice => choice.Command == command).Select(choice => choice.Person).DefaultIfEmpty(by).ToList());
            }
        }
        return Of(command, item, random.Next(20) == 0 ? item.Revision + 1 : item.Revision) with { By = by };
    }

    private Stimulus.OnWorkItem Of(WorkItemCommand command, WorkItem item, int revision) => command switch
    {
        WorkItemCommand.Claim => new Stimulus.WorkItemClaimed(item.Number, revision) { At = now },
        WorkItemCommand.Release => new Stimulus.WorkItemReleased(item.Number, revision) { At = now },
        WorkItemCommand.Attach => new Stimulus.EvidenceAttached(item.Number, new("e", EvidenceKind.Photo, "image/png", 1, $"{random.Next(9)}", "p.png", now, People[0].Person)) { At = now },
        WorkItemCommand.Complete => new Stimulus.WorkItemCompleted(item.Number, revision, Pick(item.Content.Outcomes), JsonElement.Parse("{\"n\":1}")) { At = now },
        WorkItemCommand.Decline => new Stimulus.WorkItemDeclined(item.Number, revision, "不属", Team(item)) { At = now },
        WorkItemCommand.Rule => new Stimulus.WorkItemRuled(item.Number, revision, Team(item), "裁定") { At = now },
        WorkItemCommand.Transfer => new Stimulus.WorkItemTransferred(item.Number, revision, random.Next(2) == 0 ? Team(item) : null, random.Next(2) == 0 ? Person() : null, null) { At = now },
        WorkItemCommand.Delegate => new Stimulus.WorkItemDelegated(item.Number, revision, Colleague(item), null) { At = now },
        WorkItemCommand.GiveBack => new Stimulus.WorkItemGivenBack(item.Number, revision, null) { At = now },
        WorkItemCommand.Return => new Stimulus.WorkItemReturned(item.Number, revision, Target(item), "重办") { At = now },
        WorkItemCommand.Withdraw => new Stimulus.WorkItemTakenBack(item.Number, revision, null) { At = now },
        WorkItemCommand.Suspend => new Stimulus.WorkItemSuspended(item.Number, revision, "weather", null) { At = now },
        WorkItemCommand.Resume => new Stimulus.WorkItemResumed(item.Number, revision) { At = now },
        WorkItemCommand.AskExtension => new Stimulus.ExtensionAsked(item.Number, revision, "PT2H", "来不及") { At = now },
        WorkItemCommand.DecidePause => new Stimulus.PauseDecided(item.Number, revision, random.Next(3) > 0, null) { At = now },
        WorkItemCommand.DecideExtension => new Stimulus.ExtensionDecided(item.Number, revision, random.Next(3) > 0, null) { At = now },
        WorkItemCommand.AddSigner => new Stimulus.SignersAdded(item.Number, revision, [random.Next(2) == 0 ? new(Pick(Teams).Id, null) : new(null, Person())], "加签") { At = now },
        WorkItemCommand.RemoveSigner => new Stimulus.SignerRemoved(item.Number, revision, "减签") { At = now },
        WorkItemCommand.Urge => new Stimulus.WorkItemUrged(item.Number, null) { At = now },
        WorkItemCommand.Copy => new Stimulus.WorkItemCopied(item.Number, [Person()]) { At = now },
        WorkItemCommand.Comment => new Stimulus.WorkItemCommented(item.Number, "看到") { At = now },
        _ => throw new System.Diagnostics.UnreachableException($"{command}: a new command belongs here"),
    };

    private string Team(WorkItem item) => random.Next(6) == 0 ? "nobody" : Pick(Teams.Where(team => team.Kind == item.Team.Kind).ToList()).Id;

    private string Colleague(WorkItem item) => random.Next(4) == 0 ? Person() : Pick(People.Where(person => person.Teams.Contains(item.Team.Id)).ToList()).UserId;

    private string Person() => random.Next(9) == 0 ? "nobody" : Pick(People).UserId;

    private string Target(WorkItem item)
    {
        var targets = ReturnTarget.Of(definition, task, item);
        return targets.Count == 0 || random.Next(8) == 0 ? "step:nowhere" : Pick(targets).Key;
    }

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
