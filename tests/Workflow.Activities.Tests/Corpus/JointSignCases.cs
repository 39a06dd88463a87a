using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using static Workflow.Activities.Tests.An;

namespace Workflow.Activities.Tests.Corpus;

/// <summary>Steps that several people sign, in every state.</summary>
internal static class JointSignCases
{
    public static IEnumerable<CorpusCase> All =>
    [
        Case("task-sign-all", "'all'", _ => { }),
        Case("task-sign-any-decided", "'any'", task => Answer(task, 0, Wang)),
        Case("task-sign-percent-added", "'percent', 'percent': 67", task => Added(task)),
        Case("task-sign-removed", "'percent', 'percent': 67", task => Added(task)
            .Do(new Stimulus.SignerRemoved(Part(task, 3).Number, Part(task, 3).Revision, "已外出") { At = task.Now, By = Qian })),
    ];

    private static CorpusCase Case(string name, string rule, Action<Scenario> run)
    {
        var signers = "[ { 'team': 'tech' }, { 'person': 'u-enforcement' }, { 'role': 'supervisor', 'team': 'inspection' } ]";
        var definition = TaskDefinition(handling: Item("sign", "Enforcement", $"'outcomes': [ 'Agree', 'Refuse' ], 'sign': {{ 'rule': {rule}, 'signers': {signers} }}"));
        return new(name, $"sign-{name}", definition, task => run(task.Start()));
    }

    private static Scenario Added(Scenario task)
    {
        task.Do(new Stimulus.WorkItemClaimed(Part(task, 0).Number, Part(task, 0).Revision) { At = task.Now, By = Wang });
        return task.Do(new Stimulus.SignersAdded(Part(task, 0).Number, Part(task, 0).Revision, [new(null, Sun.UserId)], "涉及两区") { At = task.Now, By = Wang });
    }

    private static void Answer(Scenario task, int part, Actor by)
    {
        task.Do(new Stimulus.WorkItemClaimed(Part(task, part).Number, Part(task, part).Revision) { At = task.Now, By = by });
        task.Do(new Stimulus.WorkItemCompleted(Part(task, part).Number, Part(task, part).Revision, "Agree", null) { At = task.Now, By = by });
    }

    private static WorkItem Part(Scenario task, int part) => task.State.WorkItems.Where(item => item.Signing is not null).ElementAt(part);
}
