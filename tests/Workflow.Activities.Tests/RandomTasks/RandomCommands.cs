using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.RandomTasks;

/// <summary>Commands on the items of a task: mostly by somebody who may, about what is there; sometimes by anybody, about anything.</summary>
internal sealed class RandomCommands(Scenario task, Random random)
{
    private static readonly Actor[] People =
    [
        An.Li, An.Liu, An.Zhou, An.Wang, An.Chen, An.Sun, An.Zhao, An.Qian, An.Chen with { Teams = ["enforcement", "enforcement-b", "inspection"] },
        An.Zhao with { Roles = ["supervisor", "duty-officer"] },
    ];

    private static readonly WorkItemCommand[] Commands = [.. WorkItemRights.Table.Select(right => right.Command)];

    private static readonly string[] PauseReasons = ["waiting", "lab", "lab", "weather"];

    private static readonly string[] Teams = [.. An.Teams.All.Select(team => team.Id).Order(StringComparer.Ordinal), "nobody"];

    /// <summary>Null when the task has no item yet.</summary>
    public Stimulus.OnWorkItem? Next()
    {
        if (task.State.WorkItems.IsEmpty) return null;
        var open = task.State.WorkItems.Where(item => item.IsOpen).ToList();
        var item = open.Count > 0 && random.Next(8) > 0 ? open[random.Next(open.Count)] : task.State.WorkItems[random.Next(task.State.WorkItems.Length)];
        var by = People[random.Next(People.Length)];
        var command = Commands[random.Next(Commands.Length)];
        if (random.Next(10) > 0)
        {
            var legal = People.SelectMany(person => WorkItemActions.Of(task.State, item, person).Select(allowed => (Person: person, Command: allowed))).ToList();
            // By command, not by person: everybody may comment. A quarrel is rare unless it is begun.
            var choices = legal.Select(choice => choice.Command).Distinct().Where(choice => choice is not (WorkItemCommand.Comment or WorkItemCommand.Copy or WorkItemCommand.Urge) || random.Next(6) == 0).ToList();
            if (choices.Count > 0)
            {
                var quarrel = choices.FindIndex(choice => choice is WorkItemCommand.Decline or WorkItemCommand.Rule);
                var chosen = choices[quarrel >= 0 && random.Next(2) == 0 ? quarrel : random.Next(choices.Count)];
                (by, command) = legal.First(choice => choice.Command == chosen);
            }
        }
        return Of(command, item, random.Next(25) == 0 ? item.Revision + 1 : item.Revision) with { At = task.Now, By = by };
    }

    private Stimulus.OnWorkItem Of(WorkItemCommand command, WorkItem item, int revision) => command switch
    {
        WorkItemCommand.Claim => new Stimulus.WorkItemClaimed(item.Number, revision) { At = task.Now },
        WorkItemCommand.Release => new Stimulus.WorkItemReleased(item.Number, revision) { At = task.Now },
        WorkItemCommand.Attach => new Stimulus.EvidenceAttached(item.Number, new("e", EvidenceKind.Photo, "image/png", 1, $"{random.Next(9)}", "p.png", task.Now, An.Li.Person)) { At = task.Now },
        WorkItemCommand.Complete => new Stimulus.WorkItemCompleted(item.Number, revision, item.Content.Outcomes[random.Next(item.Content.Outcomes.Length)], An.Json("{ 'n': 1 }")) { At = task.Now },
        WorkItemCommand.Decline => new Stimulus.WorkItemDeclined(item.Number, revision, "不属", Team(item)) { At = task.Now },
        WorkItemCommand.Rule => new Stimulus.WorkItemRuled(item.Number, revision, Team(item), "裁定") { At = task.Now },
        WorkItemCommand.Transfer => new Stimulus.WorkItemTransferred(item.Number, revision, random.Next(2) == 0 ? Team(item) : null, random.Next(2) == 0 ? Person() : null, null) { At = task.Now },
        WorkItemCommand.Delegate => new Stimulus.WorkItemDelegated(item.Number, revision, Colleague(item), null) { At = task.Now },
        WorkItemCommand.GiveBack => new Stimulus.WorkItemGivenBack(item.Number, revision, null) { At = task.Now },
        WorkItemCommand.Return => new Stimulus.WorkItemReturned(item.Number, revision, Target(item), "重办") { At = task.Now },
        WorkItemCommand.Withdraw => new Stimulus.WorkItemTakenBack(item.Number, revision, null) { At = task.Now },
        WorkItemCommand.Suspend => new Stimulus.WorkItemSuspended(item.Number, revision, PauseReasons[random.Next(PauseReasons.Length)], null) { At = task.Now },
        WorkItemCommand.Resume => new Stimulus.WorkItemResumed(item.Number, revision) { At = task.Now },
        WorkItemCommand.DecidePause => new Stimulus.PauseDecided(item.Number, revision, random.Next(3) > 0, null) { At = task.Now },
        WorkItemCommand.AskExtension => new Stimulus.ExtensionAsked(item.Number, revision, random.Next(2) == 0 ? "PT2H" : "3wh", "来不及") { At = task.Now },
        WorkItemCommand.DecideExtension => new Stimulus.ExtensionDecided(item.Number, revision, random.Next(3) > 0, null) { At = task.Now },
        WorkItemCommand.AddSigner => new Stimulus.SignersAdded(item.Number, revision, [.. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(2) == 0 ? new SignerName(Teams[random.Next(Teams.Length)], null) : new SignerName(null, Person()))], "加签") { At = task.Now },
        WorkItemCommand.RemoveSigner => new Stimulus.SignerRemoved(item.Number, revision, "减签") { At = task.Now },
        WorkItemCommand.Urge => new Stimulus.WorkItemUrged(item.Number, null) { At = task.Now },
        WorkItemCommand.Copy => new Stimulus.WorkItemCopied(item.Number, [Person()]) { At = task.Now },
        WorkItemCommand.Comment => new Stimulus.WorkItemCommented(item.Number, "看到") { At = task.Now },
        _ => throw new System.Diagnostics.UnreachableException($"{command}: a new command belongs here"),
    };

    private string Team(WorkItem item)
    {
        var fitting = An.Teams.All.Where(team => team.Kind == item.Team.Kind).Select(team => team.Id).Order(StringComparer.Ordinal).ToList();
        return random.Next(6) == 0 ? Teams[random.Next(Teams.Length)] : fitting[random.Next(fitting.Count)];
    }

    private string Person() => random.Next(10) == 0 ? "nobody" : People[random.Next(People.Length)].UserId;

    private string Colleague(WorkItem item)
    {
        var colleagues = People.Where(person => person.Teams.Contains(item.Team.Id)).ToList();
        return colleagues.Count == 0 || random.Next(4) == 0 ? Person() : colleagues[random.Next(colleagues.Count)].UserId;
    }

    private string Target(WorkItem item)
    {
        var targets = ReturnTarget.Of(task.Definition, task.State, item);
        return targets.Count == 0 || random.Next(8) == 0 ? "step:nowhere" : targets[random.Next(targets.Count)].Key;
    }
}
