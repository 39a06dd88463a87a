using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Tests.Clocks;
using Workflow.Engine.WorkItems;

namespace Workflow.Activities.Tests.StandardDefinitions;

/// <summary>
/// Plays a task of a shipped definition on a virtual clock, as its script says, a line each; what follows <c>#</c> is a comment. Work items are done by who may, with
/// evidence as it is asked for and the plainest values in their forms, beside those that the line gives.
/// <code>
/// raise TIME [urgent] [complaint] [subject=KEY] [{inputs}]     at TIME                       time passes, and what is due fires
/// do NODE|NODE [OUTCOME] [{values}]   sign NODE OUTCOME           pause NODE REASON             resume NODE            extend NODE AMOUNT
/// read EVERY TIMES VALUE           readings of the subject     open NODE…                    who has an open item, in order
/// due CLOCK TIME [provisional]     fired CLOCK.RUNG…           since the last such line      breached CLOCK
/// stages STAGE…                    draw REASON                 says NODE TEXT           its instructions                  closed
/// </code>
/// </summary>
internal sealed class Story
{
    private readonly Scenario task;
    private readonly AlarmDeclaration? alarms;
    private int rungsSeen;
    private int pieces;

    private Story(string definitionId)
    {
        var definition = An.Read(Calendars.Definition("workflows", definitionId));
        alarms = AlarmDeclaration.Of(definition);
        task = new Scenario(definition) { World = Bureau.World };
    }

    public static void Play(string definitionId, string script)
    {
        var story = new Story(definitionId);
        foreach (var (number, text) in script.Split('\n').Index())
        {
            var line = text.Split('#')[0].Trim();
            if (line.Length == 0) continue;
            try
            {
                story.Do(line);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException($"{definitionId}, line {number + 1} '{line}' at {story.task.Now:yyyy-MM-dd HH:mm}; open: {story.task.Open}; {problem.Message}", problem);
            }
        }
    }

    private void Do(string line)
    {
        var json = line.IndexOf('{', StringComparison.Ordinal) is var brace and >= 0 ? line[brace..] : "{}";
        var words = (json == "{}" ? line : line[..line.IndexOf('{', StringComparison.Ordinal)]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["raise", var time, .. var how]: Raise(time, how, json); break;
            case ["at", var time]: task.Until(Zoned(time)); break;
            case ["do", var node]: Complete(Item(node), "Done", json); break;
            case ["do", var node, var outcome]: Complete(Item(node), outcome, json); break;
            case ["sign", var node, var outcome]: Sign(node, outcome, json); break;
            case ["pause", var node, var reason]: Claim(Item(node)); task.Do(task.Suspend(node, Bureau.WhoDoes(Item(node)), reason)); break;
            case ["resume", var node]: task.Do(task.Resume(node, Bureau.WhoDoes(Item(node)))); break;
            case ["extend", var node, var amount]: Claim(Item(node)); task.Do(task.AskExtension(node, Bureau.WhoDoes(Item(node)), amount)).Do(task.DecideExtension(node, An.Qian)); break;
            case ["read", var every, var times, var value]: Read(every, times, value); break;
            case ["open", .. var nodes]: task.Open.ShouldBe(string.Join(' ', nodes)); break;
            case ["due", var clock, var time]: Due(clock, time, false); break;
            case ["due", var clock, var time, "provisional"]: Due(clock, time, true); break;
            case ["fired", .. var rungs]: Fired(rungs); break;
            case ["breached", var clock]: Clock(clock).BreachedAt.ShouldNotBeNull(); break;
            case ["stages", .. var stages]: task.Visits.Select(visit => visit.Replace(' ', ':')).ShouldBe(stages); break;
            case ["draw", var reason]: task.State.Task!.Evaluation!.Draw!.Reason.ToString().ShouldBe(reason); break;
            case ["says", var node, .. var text]: Item(node).Content.Instructions.ShouldNotBeNull().ShouldContain(string.Join(' ', text)); break;
            case ["closed"]: Closed(); break;
            default: throw new FormatException("expected a line of a story");
        }
    }

    private void Raise(string time, string[] how, string json)
    {
        task.Now = Calendars.At(Zoned(time));
        var intake = new TaskIntake("CD-2026-000001", "测试", An.Guixi, how.Contains("urgent") ? Priority.Urgent : Priority.Normal)
        {
            SubjectKey = how.FirstOrDefault(word => word.StartsWith("subject=", StringComparison.Ordinal))?[8..],
            Origin = how.Contains("complaint") ? TaskOrigin.Complaint : null,
        };
        task.Do(new Stimulus.Started(task.State.Id, An.Json(json).EnumerateObject().ToImmutableDictionary(input => input.Name, input => input.Value.Clone()), intake) { At = task.Now });
    }

    private WorkItem Item(string node) => task.State.WorkItems.LastOrDefault(item => node.Split('|').Contains(item.Node) && item.IsOpen) ?? throw new InvalidOperationException($"no open item of '{node}'");

    private void Claim(WorkItem item)
    {
        if (item.State is WorkItemState.Offered) task.Do(new Stimulus.WorkItemClaimed(item.Number, item.Revision) { At = task.Now, By = Bureau.WhoDoes(item) });
    }

    private void Complete(WorkItem offered, string outcome, string json)
    {
        Claim(offered);
        WorkItem Now() => task.State.WorkItems.First(item => item.Number == offered.Number);
        var by = Bureau.WhoDoes(Now());
        foreach (var (kind, wanted) in offered.Content.EvidenceRequired)
            for (var piece = 0; piece < wanted; piece++)
                task.Do(new Stimulus.EvidenceAttached(offered.Number, new($"e-{++pieces}", kind, "image/jpeg", 1, $"{pieces:x4}", "x.jpg", task.Now, by.Person)) { At = task.Now, By = by });
        task.Do(new Stimulus.WorkItemCompleted(offered.Number, Now().Revision, outcome, Values(offered, json)) { At = task.Now, By = by });
    }

    private JsonElement? Values(WorkItem item, string json)
    {
        if (item.Content.Form is not { } form) return null;
        var values = JsonNode.Parse(task.Definition.Forms[form].Example().GetRawText())!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(An.Json(json).GetRawText())!.AsObject()) values[name] = value?.DeepClone();
        return JsonSerializer.SerializeToElement(values);
    }

    private void Sign(string node, string outcome, string json)
    {
        while (task.State.WorkItems.FirstOrDefault(item => item.Node == node && item.IsOpen) is { } part) Complete(part, outcome, json);
    }

    private void Read(string every, string times, string value)
    {
        for (var time = 0; time < int.Parse(times, CultureInfo.InvariantCulture); time++)
        {
            task.Until((task.Now + System.Xml.XmlConvert.ToTimeSpan(every)).ToString("O", CultureInfo.InvariantCulture));
            task.Do(new Stimulus.AlarmRepeated(ImmutableDictionary<string, JsonElement>.Empty.Add(alarms!.Value!, An.Json(value))) { At = task.Now });
        }
    }

    /// <summary>The latest clock of an activity, a stage or the task (<c>loop</c>).</summary>
    private SlaClock Clock(string node) => task.State.Clocks.LastOrDefault(clock => clock.Node == node) ?? throw new InvalidOperationException($"no clock of '{node}' among {string.Join(' ', task.State.Clocks.Select(clock => clock.Node))}");

    private void Due(string node, string time, bool isProvisional)
    {
        var clock = Clock(node);
        clock.Due.ShouldBe(Calendars.At(Zoned(time)));
        clock.IsProvisional.ShouldBe(isProvisional);
    }

    private void Fired(string[] expected)
    {
        var fired = task.Journal.OfType<Fact.RungFired>().Select(fact => $"{task.State.Clocks.First(clock => clock.Id == fact.Clock).Node}.{fact.Rung}").ToList();
        fired.Skip(rungsSeen).ShouldBe(expected);
        rungsSeen = fired.Count;
    }

    private void Closed()
    {
        task.State.Status.ShouldBe(InstanceStatus.Finished);
        (task.State.Task!.Visits[^1].Stage, task.State.Task.Visits[^1].Outcome).ShouldBe((StageName.PostEvaluation, StageOutcome.Done));
        task.State.Incidents.ShouldBeEmpty();
        task.NextTimer.ShouldBeNull();
    }

    /// <summary>Times of stories are Beijing time.</summary>
    private static string Zoned(string time) => time.Contains('+', StringComparison.Ordinal) || time.EndsWith('Z') ? time : time + "+08:00";
}
