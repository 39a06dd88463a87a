using FsCheck.Fluent;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.RandomTasks;

/// <summary>
/// Every command on work items, by anybody, in any order, on random tasks. The promises of the core (the fold of the facts is the state, the invariants hold)
/// are checked after each, see <see cref="Promises"/>; here is what the two tables and the rules beside them promise.
/// </summary>
public class RandomCommandTests(ITestOutputHelper output)
{
    private const int Runs = 300;
    private const int Steps = 40;

    private readonly Dictionary<WorkItemCommand, int> done = [];
    private readonly Dictionary<Reason, int> refused = [];
    private readonly Dictionary<string, int> signed = [];
    private int brokenOff;
    private int enteredAtStep;

    [Fact]
    public void Random_commands_keep_to_the_tables()
    {
        output.Check(Runs, Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var random = new Random(seed);
            WorkflowDefinition? definition = null;
            while (definition is null)
            {
                var problems = new ProblemList();
                if (An.Reader.Compile(new RandomTask(random).Build(), problems) is { } built && !problems.HasErrors) definition = built;
            }
            var task = new Scenario(definition).Start();
            var commands = new RandomCommands(task, random);
            var player = new RandomPlayer(task, random);
            for (var step = 0; step < Steps && task.State.Status == InstanceStatus.Running; step++)
                if (random.Next(5) == 0) player.Play(1);
                else if (commands.Next() is { } command) Check(task, command);
        });

        foreach (var (command, count) in done.OrderBy(pair => pair.Key)) output.WriteLine($"{command}: {count}");
        foreach (var (reason, count) in refused.OrderBy(pair => pair.Key)) output.WriteLine($"refused, {reason}: {count}");
        foreach (var (outcome, count) in signed.OrderBy(pair => pair.Key, StringComparer.Ordinal)) output.WriteLine($"joint signs decided, {outcome}: {count}");
        output.WriteLine($"joint signs broken off: {brokenOff}");
        output.WriteLine($"returns to a step of an earlier stage: {enteredAtStep}");
        enteredAtStep.ShouldBeGreaterThan(0, "no task went back to a step of an earlier stage");
        (signed.Count > 1 && brokenOff > 0).ShouldBeTrue("no joint sign was decided, or none was broken off");
        WorkItemRights.Table.Select(right => right.Command).Except(done.Keys).ShouldBeEmpty("these were never done");
        new[] { Reason.ChangeNotLegal, Reason.NotAllowed, Reason.StepUnknown, Reason.NextStepClaimed, Reason.RevisionStale }
            .Except(refused.Keys).ShouldBeEmpty("these rules never refused anything");
    }

    private void Check(Scenario task, Stimulus.OnWorkItem command)
    {
        var before = task.State;
        var item = before.WorkItems.Single(candidate => candidate.Number == command.Item);
        var allowed = WorkItemActions.Refuse(before, item, command.Command, command.By!);

        if (task.Try(command) is Step.Rejected { Why: var why })
        {
            refused[why.Reason] = refused.GetValueOrDefault(why.Reason) + 1;
            InstanceJson.Write(task.State).ShouldBe(InstanceJson.Write(before), "a refusal changed something");
            if (allowed is not null) why.ShouldBe(allowed, "the tables say why, and the command says the same");
            return;
        }

        allowed.ShouldBeNull($"{command} was done against the tables");
        if (command is Stimulus.WorkItemReturned { To: var to } && to.StartsWith("step:", StringComparison.Ordinal) && task.Facts.Any(fact => fact is Fact.StageEntered)) CheckEntry(task, to["step:".Length..]);
        done[command.Command] = done.GetValueOrDefault(command.Command) + 1;
        var after = task.State.WorkItems.Single(candidate => candidate.Number == item.Number);
        WorkItemChanges.Table.Single(change => change.From == item.Status && change.Command == command.Command).To.ShouldContain(after.Status);
        after.IsOpen.ShouldBe(after.Status.IsOpen());
        if (after.Signing is not null) CheckJointSign(task.State, after.Token);
        (after.History?.Declines.Length ?? 0).ShouldBeLessThanOrEqualTo(2);
        if (command.Command is WorkItemCommand.Claim && item.Stage == StageName.PostEvaluation)
            Avoidance.WhoHandled(before.WorkItems).ShouldNotContain(hand => hand.IsOne(command.By!.Person, command.By.Teams));
        foreach (var clock in task.State.Clocks.Where(clock => clock.State == ClockState.Running))
            clock.Ledger.Where(entry => entry.Counted).Sum(entry => (entry.To - entry.From).Ticks).ShouldBe(((SlaTarget.Time)clock.Target).Length.Ticks, "a ledger does not add up");
    }

    /// <summary>The stage has begun with the step: nothing else waits in it.</summary>
    private void CheckEntry(Scenario task, string step)
    {
        enteredAtStep++;
        task.State.WorkItems.Where(item => item.IsOpen).Select(item => item.Node).Concat(task.State.Bookmarks.Select(wait => wait.Node)).Distinct().ShouldBe([step]);
    }

    /// <summary>A joint sign is open and undecided, or decided with nobody left to answer, or broken off with everything in it.</summary>
    private void CheckJointSign(WorkflowInstance task, int token)
    {
        var parts = JointSigns.Counting(task.WorkItems, token);
        var (open, decision) = (parts.Count(part => part.IsOpen), JointSigns.DecisionOf(task.WorkItems, token));
        if (task.Tokens.Any(running => running.Id == token)) (open > 0 && decision is null).ShouldBeTrue("a joint sign runs on although nobody has to answer");
        else open.ShouldBe(0);
        if (decision is not null) parts[0].Signing!.Rule.Decide(parts).ShouldBe(decision);
        parts.Select(JointSigns.SignerOf).OfType<Person>().Select(person => person.UserId).ShouldBeUnique("somebody signs twice");
        if (decision is not null) signed[decision.Outcome] = signed.GetValueOrDefault(decision.Outcome) + 1;
        else if (open == 0) brokenOff++;
    }
}
