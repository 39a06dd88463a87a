using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Storage;

/// <summary>Makes what was written under one number into what is written under the next.</summary>
/// <param name="From">The older number.</param>
/// <param name="Apply">Gets the name of what it is (see <see cref="StoredShapes"/>) and its JSON.</param>
public sealed record ShapeUpgrade(int From, Func<string, JsonNode, JsonNode> Apply);

/// <summary>
/// The number of the shapes of everything that is stored as JSON: states, facts, payloads of effects, remembered answers. Each row says under which
/// number it was written. A build reads its own number and, through the upgrades, every earlier one; what a newer build has written it leaves alone.
/// <para>
/// Whoever changes the shape of something stored raises the number, adds the upgrade from the one before, and leaves the corpus of the tests as it is:
/// it holds what earlier builds have written. A member that is new and may be absent changes no shape for a reader of old rows, but an older server
/// would lose it: that raises the number too.
/// </para>
/// </summary>
public sealed class StoredShapes
{
    public const string State = "state";

    public const string Facts = "facts";

    public const string Answer = "answer";

    /// <summary>2: parts and orders, joint signs, evaluations, assignments, when an item was first claimed, a deadline of the task's own, annotations, typed pauses, recounts of clocks, delivery ladders, evidence, reporters. All may be absent, and what was not kept is not known.</summary>
    private static readonly ShapeUpgrade NewMembers = new(1, (_, json) => json);

    /// <summary>3: a recount is one of the changes of its clock, with its basis and what was approved, and not a move beside them; the teams that an item was taken from, and what the cap of a pause is reckoned by, which were not kept before.</summary>
    private static readonly ShapeUpgrade RecountsAreChanges = new(2, RecountShape.Upgrade);

    private readonly IReadOnlyList<ShapeUpgrade> upgrades;

    /// <param name="number">What this build writes.</param>
    /// <param name="upgrades">From 1 up, without a gap.</param>
    public StoredShapes(int number, params IReadOnlyList<ShapeUpgrade> upgrades)
    {
        ArgumentNullException.ThrowIfNull(upgrades);
        if (!upgrades.Select(upgrade => upgrade.From).SequenceEqual(Enumerable.Range(1, number - 1)))
            throw new ArgumentException($"expected an upgrade from each number below {number}, found {string.Join(", ", upgrades.Select(upgrade => upgrade.From))}", nameof(upgrades));
        (Number, this.upgrades) = (number, upgrades);
    }

    /// <summary>Those of this build.</summary>
    public static StoredShapes Current { get; } = new(3, NewMembers, RecountsAreChanges);

    public int Number { get; }

    /// <summary>The name of an effect's payload.</summary>
    public static string Effect(string kind) => $"effect {kind}";

    public T Read<T>(string name, byte[] stored, int number)
    {
        if (number == Number) return StoredJson.Read<T>(stored);
        return Upgrade(name, JsonNode.Parse(StoredJson.ToJson(stored), documentOptions: StoredJson.Deep), number).Deserialize<T>(InstanceJson.Options)
            ?? throw new JsonException($"expected a {typeof(T).Name}, found null");
    }

    /// <summary>The same as text, in the shape of this build.</summary>
    public string Read(string name, string json, int number) =>
        number == Number ? json : Upgrade(name, JsonNode.Parse(json, documentOptions: StoredJson.Deep), number).ToJsonString(InstanceJson.Options);

    /// <summary>Why a row of this number is left alone; null when it can be read.</summary>
    public Rejection? Refuse(string name, int number) => number <= Number
        ? null
        : new(Reason.StoredByNewerVersion, $"{name} of shape {Number} or older", $"shape {number}, which a newer version of the server has written");

    private JsonNode Upgrade(string name, JsonNode? json, int number)
    {
        if (Refuse(name, number) is { } why) throw new NewerShapeException(why);
        foreach (var upgrade in upgrades.Skip(number - 1)) json = upgrade.Apply(name, json ?? throw new JsonException($"expected {name}, found null"));
        return json!;
    }
}

/// <summary>A newer build has written what is to be read. Nothing was changed; a server of that build can read it.</summary>
public sealed class NewerShapeException(Rejection why) : Exception(why?.Describe())
{
    public Rejection Why => why;
}
