using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Tracing;

/// <summary>Reads lines and activity events off the facts of a run. Lines are those of all instances, events those of the one that is traced.</summary>
internal sealed class TraceLog
{
    private const string Workflow = "Workflow1";

    private readonly Dictionary<int, Node> nodes = [];
    private readonly Dictionary<int, int> waits = [];
    private List<string> lines = [];
    private List<string> events = [];

    public (IReadOnlyList<string> Lines, IReadOnlyList<string> Events) Take()
    {
        var taken = (lines, events);
        (lines, events) = ([], []);
        return taken;
    }

    public void Add(WorkflowDefinition definition, bool isMain, Stimulus stimulus, ImmutableArray<Fact> facts)
    {
        lines.AddRange(facts.OfType<Fact.LineWritten>().Select(line => line.Text));
        if (!isMain) return;
        var resumes = stimulus is not Stimulus.Started;
        foreach (var fact in facts)
            switch (fact)
            {
                case Fact.InstanceStarted:
                    events.Add($"{Workflow}:Started");
                    break;
                case Fact.InstanceEnded:
                    events.Add($"{Workflow}:Completed");
                    break;
                case Fact.TokenCreated created:
                    nodes[created.Token] = definition.Nodes[created.Node];
                    Event(created.Token, "Started");
                    break;
                case Fact.TokenEnded ended:
                    Event(ended.Token, ended.Outcomes is null ? "Canceled" : "Completed");
                    break;
                case Fact.TokenFaulted faulted:
                    events.Add($"{definition.Nodes[faulted.Incident.Node].Name}:Faulted");
                    break;
                case Fact.BookmarkCreated created:
                    waits[created.Bookmark.Id] = created.Bookmark.Token;
                    Event(created.Bookmark.Token, "Suspended");
                    break;
                case Fact.BookmarkRemoved removed when resumes:
                    Event(waits[removed.Bookmark], "Resumed");
                    resumes = false;
                    break;
            }
    }

    private void Event(int token, string what) => events.Add($"{nodes[token].Name}:{what}");
}
