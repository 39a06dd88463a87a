using Workflow.Engine.Clocks;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>What becomes of a new alarm or report of a subject whose task was closed not long ago (复发).</summary>
public enum RecurrenceAction
{
    /// <summary>A new task that names the one before.</summary>
    Link,

    /// <summary>A new task that goes on with the one before: under its number, from analysis on.</summary>
    Reopen,
}

/// <summary>The <c>recurrence</c> member of a task definition.</summary>
/// <param name="Window">How long after its closing a task counts as the one before.</param>
public sealed record RecurrenceDeclaration(TimeSpan Window, RecurrenceAction Do)
{
    private static readonly string[] Members = ["window", "do", "basis"];

    /// <summary>The declaration of a definition that has been checked; null when it has none.</summary>
    public static RecurrenceDeclaration? Of(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Root.Derive(static root => new Declared(Read(root, null))).Recurrence;
    }

    /// <summary>Reports everything wrong with a root's declaration.</summary>
    public static void Check(Node root, DefinitionCheck check) => Read(root, check);

    private static RecurrenceDeclaration? Read(Node root, DefinitionCheck? check)
    {
        if (root.Plain("recurrence") is not { } json) return null;
        var at = $"{root.Pointer}/recurrence";
        if (json.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            check?.Error(at, "an object with a window", json.Describe());
            return null;
        }
        foreach (var member in json.EnumerateObject().Where(member => !Members.Contains(member.Name)))
            check?.Error($"{at}/{JsonMembers.Escape(member.Name)}", $"one of {string.Join(", ", Members)}", member.Name);
        var window = json.Text("window") is { } text ? SpanOf(text) : null;
        if (window is null) check?.Error($"{at}/window", "calendar days such as \"30cd\", or an ISO 8601 duration such as PT72H, of at most 3660 days", json.Member("window")?.Describe() ?? "nothing");
        var action = json.Member("do") is null ? RecurrenceAction.Link : Values.ToEnum<RecurrenceAction>(json.Text("do"));
        if (action is null) check?.Error($"{at}/do", "link or reopen", json.Member("do")!.Value.Describe());
        return new(window ?? TimeSpan.Zero, action ?? RecurrenceAction.Link);
    }

    /// <summary>A calendar day is 24 hours from the closing on.</summary>
    private static TimeSpan? SpanOf(string text) => !SlaTarget.TryParse(text, out var target, out _) ? null : target switch
    {
        SlaTarget.Continuous time => time.Length,
        SlaTarget.Days { Unit: DayUnit.Calendar } days => TimeSpan.FromDays(days.Count),
        _ => null,
    };

    private sealed record Declared(RecurrenceDeclaration? Recurrence);
}
