using System.Globalization;
using System.Text;
using System.Text.Json;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;

namespace Workflow.Activities.Tests.RandomWorkflows;

/// <summary>Everything about a random case follows from its seed and size; a smaller size is a simpler case.</summary>
internal sealed class RandomCase
{
    private readonly JsonElement used;
    private readonly DefinitionReader reader;

    public RandomCase(int seed, int size)
    {
        Random = new Random(seed);
        used = JsonElement.Parse(new RandomWorkflow(Random, size / 3).BuildUsed());
        Document = new RandomWorkflow(Random, size).Build();
        Next = NextVersion.Of(Document, Random);
        reader = new(BuiltInActivities.Catalog(new Ask()), new HashSet<string>(), reference => reference.DefinitionId == RandomWorkflow.UsedId ? used : null);
        Steps = 2 + (size * 2);
    }

    public Random Random { get; }

    public string Document { get; }

    public string Next { get; }

    /// <summary>How many stimuli are tried.</summary>
    public int Steps { get; }

    /// <summary>Whatever can be run, is: what runs may have been published before a rule against it.</summary>
    public WorkflowDefinition Read(string document)
    {
        var problems = new ProblemList();
        return reader.Compile(document, problems) ?? throw new FormatException(string.Join("\n", problems.All));
    }

    /// <summary>All that is needed to play it again by hand.</summary>
    public string Describe(WorkflowPlay? play)
    {
        var text = new StringBuilder().AppendLine("document:").AppendLine(Document).AppendLine("version 2:").AppendLine(Next).AppendLine("used as an activity:").AppendLine(used.GetRawText());
        foreach (var (index, (stimulus, step, _)) in (play?.Played ?? []).Index())
        {
            var result = step switch
            {
                Step.Rejected rejected => $"refused, {rejected.Why.Reason}",
                Step.Advanced { Facts.IsEmpty: true } => "(nothing)",
                Step.Advanced advanced => string.Join(' ', advanced.Facts.Select(fact => JsonSerializer.Serialize(fact, InstanceJson.Options))),
                _ => "",
            };
            text.AppendLine(CultureInfo.InvariantCulture, $"{index}: {stimulus.GetType().Name} {JsonSerializer.Serialize(stimulus, stimulus.GetType(), InstanceJson.Options)}").AppendLine(CultureInfo.InvariantCulture, $"   -> {result}");
        }
        return text.ToString();
    }
}
