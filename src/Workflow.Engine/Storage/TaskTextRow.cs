using System.ComponentModel.DataAnnotations.Schema;
using System.Text;
using System.Text.Json;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>What a task says, for the search: its number, subject, area, definition, the titles of its work items and the texts that it came in with.</summary>
public sealed record TaskTextRow : IInstancePart
{
    /// <summary>Characters of <see cref="Text"/>; what goes beyond is not found.</summary>
    public const int MaxLength = 1000;

    /// <summary>What <see cref="Text"/> is made of; null for a row that was read.</summary>
    private string? source;
    private string? text;
    private string? grams;

    public required InstanceId InstanceId { get; init; }

    long IInstancePart.Part => 0;

    /// <summary>As <see cref="Grams.Normalize"/> makes it: what is looked for is part of it.</summary>
    public string Text
    {
        get => text ??= Storage.Grams.Normalize(source ?? "");
        init => text = value;
    }

    /// <summary>What <see cref="Text"/> is found by before it is looked into, see <see cref="Storage.Grams"/>. Both are made when they are written: most bursts leave them as they are.</summary>
    public string Grams
    {
        get => grams ??= Storage.Grams.Of(Text, AreaPath);
        init => grams = value;
    }

    /// <summary>Whose area it belongs to: part of <see cref="Grams"/>.</summary>
    [NotMapped]
    public string AreaPath { get; init; } = "";

    public static TaskTextRow Of(WorkflowInstance instance, string definitionName)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var task = instance.Task ?? throw new InvariantBrokenException("the text of no task");
        var text = new StringBuilder();
        void Add(string? part)
        {
            if (!string.IsNullOrEmpty(part) && text.Length < MaxLength) text.Append(part).Append('\n');
        }
        Add(task.Number);
        Add(task.Subject);
        Add(task.SubjectKey);
        Add(task.Place.AreaName);
        Add(task.Place.JurisdictionName);
        Add(definitionName);
        for (var index = 0; index < instance.WorkItems.Length; index++)
        {
            var title = instance.WorkItems[index].Content.Title;
            if (!Repeats(instance, index, title)) Add(title);
        }
        foreach (var (_, value) in instance.Input.OrderBy(input => input.Key, StringComparer.Ordinal))
            if (value.ValueKind == JsonValueKind.String) Add(value.GetString());
        return new() { InstanceId = instance.Id, source = text.ToString(0, Math.Min(text.Length, MaxLength)), AreaPath = task.Place.AreaPath };
    }

    public bool Equals(TaskTextRow? other) => other is not null && InstanceId == other.InstanceId && AreaPath == other.AreaPath && ((source is not null && source == other.source) || Text == other.Text);

    public override int GetHashCode() => InstanceId.GetHashCode();

    private static bool Repeats(WorkflowInstance instance, int index, string title)
    {
        for (var earlier = 0; earlier < index; earlier++)
            if (instance.WorkItems[earlier].Content.Title == title) return true;
        return false;
    }
}
