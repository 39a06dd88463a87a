using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>What may come next to an instance: mostly what it waits for, sometimes what it does not, sometimes the same again.</summary>
internal sealed class RandomStimuli(WorkflowPlay play, Random random)
{
    private static readonly string[] Payloads = ["true", "false", "null", "3", "'text'", "{ 'a': [1] }", "[1, 'x']"];

    /// <summary>Half of a surrogate pair can be written as JSON, but it is no text.</summary>
    private static readonly JsonElement Malformed = JsonElement.Parse("""{ "a": "\ud800" }""");

    public Stimulus.Started Start()
    {
        var triggers = play.First.Root.Activities.Where(node => node.Type.Descriptor.Type is "Elsa.Event" or "Elsa.Timer" or "Elsa.Cron" && node.Parent!.Type.Descriptor.HasConnections).ToList();
        return new(play.State.Id, ImmutableDictionary<string, JsonElement>.Empty, null)
        {
            At = play.Now,
            CorrelationId = random.Next(3) == 0 ? "c-0" : null,
            Parent = random.Next(4) == 0 ? new(new(Guid.Parse("0199e000-0000-7000-8000-000000000003")), 7) : null,
            Trigger = triggers.Count > 0 && random.Next(3) == 0 ? new(triggers[random.Next(triggers.Count)].Id, Payload()) : null,
        };
    }

    public Stimulus Next()
    {
        if (random.Next(5) == 0) play.Now += TimeSpan.FromMinutes(random.Next(-5, 90));
        var open = play.State.Incidents.Where(incident => incident.IsOpen).ToList();
        var roll = random.Next(100);
        if (open.Count > 0 && roll < (play.State.Status == InstanceStatus.Faulted ? 60 : 20)) return Decide(open[random.Next(open.Count)]);
        return roll switch
        {
            < 12 => Nonsense(),
            < 20 => new Stimulus.Altered([.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Alteration())], "because") { At = play.Now, By = An.Li },
            < 22 when random.Next(2) == 0 => new Stimulus.Cancelled("enough") { At = play.Now, By = An.Li },
            < 32 when play.Played.Count > 1 => play.Played[random.Next(1, play.Played.Count)].Stimulus with { At = play.Now },
            _ when play.State.Bookmarks.Length > 0 => Resume(play.State.Bookmarks[random.Next(play.State.Bookmarks.Length)]),
            _ => Nonsense(),
        };
    }

    private Stimulus Resume(Bookmark wait)
    {
        if (wait.DueAt is { } due)
        {
            if (random.Next(5) > 0 && due > play.Now) play.Now = due;
            if (random.Next(8) > 0) return new Stimulus.TimerFired(new(TimerKind.Bookmark, wait.Id)) { At = play.Now };
        }
        var number = wait.Kind is BookmarkKind.Effect or BookmarkKind.Child ? int.Parse(wait.Key, CultureInfo.InvariantCulture) : 0;
        return wait.Kind switch
        {
            BookmarkKind.Effect when random.Next(8) > 0 => Effect(number),
            BookmarkKind.Child when random.Next(8) > 0 => random.Next(6) == 0 ? new Stimulus.EffectFailed(number, "no such workflow") { At = play.Now } : Ended(number),
            BookmarkKind.Event when random.Next(4) > 0 => new Stimulus.EventReceived(wait.Key, Payload()) { At = play.Now },
            _ => new Stimulus.BookmarkResumed(wait.Id, Payload()) { At = play.Now },
        };
    }

    private Stimulus Effect(int number) =>
        random.Next(4) == 0 ? new Stimulus.EffectFailed(number, "given up") { At = play.Now } : new Stimulus.EffectCompleted(number, Payload()) { At = play.Now };

    private Stimulus.ChildEnded Ended(int number)
    {
        var status = random.Next(4) switch { 0 => InstanceStatus.Faulted, 1 => InstanceStatus.Cancelled, _ => InstanceStatus.Finished };
        return new(number, new(new(Guid.Parse("0199e000-0000-7000-8000-000000000004")), status, ImmutableDictionary<string, JsonElement>.Empty.Add("out", An.Json("[1]")))) { At = play.Now };
    }

    private Stimulus.IncidentDecided Decide(Incident incident)
    {
        var decision = (IncidentDecision)random.Next(3);
        return new(incident.Id, decision, decision == IncidentDecision.Skip && random.Next(3) == 0 ? "True" : null, "seen") { At = play.Now, By = An.Li };
    }

    private Alteration Alteration()
    {
        var nodes = play.Definition.Nodes.Values.OrderBy(node => node.Id, StringComparer.Ordinal).ToList();
        var running = play.State.Tokens.Length > 0 && random.Next(2) == 0 ? play.State.Tokens[random.Next(play.State.Tokens.Length)].Node : null;
        var node = running ?? (random.Next(6) == 0 ? "nobody" : nodes[random.Next(nodes.Count)].Id);
        return random.Next(7) switch
        {
            0 or 1 => new Alteration.ModifyVariable(Pick("yes", "maybe", "n", "list", "memo", "inner", "v-own", "nobody"), random.Next(20) == 0 ? Malformed : Payload() ?? An.Json("0")),
            2 or 3 => new Alteration.ScheduleActivity(node),
            4 => new Alteration.CancelActivity(node),
            _ => new Alteration.Migrate(random.Next(5) == 0 ? random.Next(4) : play.Definition == play.First ? 2 : 1),
        };
    }

    private Stimulus Nonsense()
    {
        var number = random.Next(60);
        return random.Next(8) switch
        {
            0 => new Stimulus.EventReceived("nobody", Payload()) { At = play.Now },
            1 => new Stimulus.EventReceived("ping", Malformed) { At = play.Now },
            2 => new Stimulus.BookmarkResumed(number, random.Next(6) == 0 ? Malformed : Payload()) { At = play.Now },
            3 => new Stimulus.TimerFired(new(random.Next(4) == 0 ? TimerKind.Clock : TimerKind.Bookmark, number)) { At = play.Now },
            4 => new Stimulus.EffectCompleted(number, Payload()) { At = play.Now },
            5 => new Stimulus.EffectFailed(number, "late") { At = play.Now },
            6 => Ended(number),
            _ => new Stimulus.IncidentDecided(number, (IncidentDecision)random.Next(3), null, null) { At = play.Now, By = An.Li },
        };
    }

    private JsonElement? Payload() => random.Next(5) == 0 ? null : An.Json(Payloads[random.Next(Payloads.Length)]);

    private string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
}
