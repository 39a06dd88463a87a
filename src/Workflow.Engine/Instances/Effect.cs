using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Workflow.Engine.Instances;

/// <summary>
/// Marks a record as an effect: something to be done outside, as data. The name is stored with it, so it has to stay when the record is renamed.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EffectAttribute(string name) : Attribute
{
    private static readonly ConcurrentDictionary<Type, string> Names = [];

    public string Name => name;

    /// <summary>The stored name of an effect's type.</summary>
    public static string NameOf(Type type) => Names.GetOrAdd(type, static type =>
        type.GetCustomAttribute<EffectAttribute>()?.Name ?? throw new InvalidOperationException($"{type.Name}: expected [Effect(\"name\")] on the record, found none"));
}

/// <summary>An effect as a burst recorded it. It is done at least once, always under the same id.</summary>
/// <param name="Id">A number of the instance.</param>
/// <param name="Token">The activity that asked for it; null when the instance did.</param>
public sealed record EffectRequest(int Id, int? Token, string Kind, JsonElement Payload)
{
    public T Read<T>() => Payload.Deserialize<T>(InstanceJson.Options) ?? throw new JsonException($"expected a {typeof(T).Name}, found null");
}

/// <summary>Names an effect for whoever does it, on every attempt the same: the key under which a target can tell a repetition.</summary>
public readonly record struct EffectId(InstanceId Instance, int Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instance}-{Number}");

    public static bool TryParse([NotNullWhen(true)] string? text, out EffectId id)
    {
        // The same writing as that of a work item: an instance and a number in it.
        var parsed = WorkItemId.TryParse(text, out var same);
        id = new(same.Instance, same.Number);
        return parsed;
    }

    /// <summary>The id of the instance that this effect starts: derived, so that a second attempt finds it there.</summary>
    /// <param name="which">Tells apart what one effect starts.</param>
    public InstanceId Derive(string which = "child") => InstanceId.From($"{this}:{which}");
}

/// <summary>Starts another instance. What it was started for hears of its end by <see cref="TellParent"/>.</summary>
/// <param name="Parent">Null when nobody waits for its end.</param>
[Effect("start-child")]
public sealed record StartChild(
    InstanceId Child, string DefinitionId, int? Version, ImmutableDictionary<string, JsonElement> Input, string? CorrelationId, ParentLink? Parent)
{
    /// <summary>Who asked for it; null when an instance did.</summary>
    public Actor? By { get; init; }

    /// <summary>Present when the new instance is a task. Its number is drawn when it starts.</summary>
    public TaskIntake? Task { get; init; }

    /// <summary>That of the new instance, see <see cref="Stimulus.Generation"/>. The burst sets it.</summary>
    public int Generation { get; init; }
}

/// <summary>Tells a waiting parent that its child has ended.</summary>
[Effect("tell-parent")]
public sealed record TellParent(ParentLink Parent, ChildResult Result)
{
    /// <summary>Whose command ended the child; null for the system's.</summary>
    public Actor? By { get; init; }

    /// <summary>That of the burst in which the child ended, see <see cref="Stimulus.Generation"/>. The burst sets it.</summary>
    public int Generation { get; init; }
}

/// <summary>Tells every instance that waits for this event.</summary>
/// <param name="CorrelationId">Only instances with this correlation; null for all.</param>
/// <param name="Only">Only this instance; null for all.</param>
[Effect("publish-event")]
public sealed record PublishedEvent(string Name, string? CorrelationId, InstanceId? Only, JsonElement? Payload)
{
    /// <summary>That of the burst that published it, see <see cref="Stimulus.Generation"/>; null when it comes from outside. The burst sets it.</summary>
    public int? Generation { get; init; }
}

/// <summary>Who waits for the end of an instance: the parent and the number of the effect that started it.</summary>
/// <param name="Depth">How many instances wait for one another above this one.</param>
public sealed record ParentLink(InstanceId Instance, int Effect, int Depth = 1);

/// <summary>How a child ended.</summary>
public sealed record ChildResult(InstanceId Instance, InstanceStatus Status, ImmutableDictionary<string, JsonElement> Output);
