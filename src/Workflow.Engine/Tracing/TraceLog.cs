using System.Collections.Immutable;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Tracing;

/// <summary>Reads lines and activity events off the facts of a run.</summary>
internal sealed class TraceLog(WorkflowDefinition definition)
{
    private const string Workflow = "Workflow1";

    private readonly Dictionary<int, Node> nodes = [];
    private List<string> lines = [];
    private List<string> events = [];

    public (IReadOnlyList<string> Lines, IReadOnlyList<string> Events) Take()
    {
        var taken = (lines, events);
        (lines, events) = ([], []);
        return taken;
    }

    public void Add(Stimulus stimulus, ImmutableArray<Fact> facts)
    {
        var resumes = stimulus is Stimulus.BookmarkResumed;
        foreach (var fact in facts)
            switch (fact)
            {
                case Fact.InstanceStarted:
                    events.Add($"{Workflow}:Started");
                    break;
                case Fact.InstanceEnded:
                    events.Add($"{Workflow}:Completed");
                    break;
                case Fact.LineWritten line:
                    lines.Add(line.Text);
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
                    Event(created.Bookmark.Token, "Suspended");
                    bookmarks[created.Bookmark.Id] = created.Bookmark.Token;
                    break;
                case Fact.BookmarkRemoved removed when resumes:
                    Event(bookmarks[removed.Bookmark], "Resumed");
                    resumes = false;
                    break;
            }
    }

    private readonly Dictionary<int, int> bookmarks = [];

    private void Event(int token, string what) => events.Add($"{nodes[token].Name}:{what}");
}
