using System.Text.Json;
using Workflow.Engine.Expressions;

namespace Workflow.Engine.Definitions;

/// <summary>An input that an activity reads. <paramref name="TypeName"/> is an Elsa alias such as <c>String</c> or <c>Double</c>.</summary>
/// <param name="Check">An extra rule for a literal value: returns what was expected, or null when the value is fine.</param>
public sealed record InputDescriptor(string Name, string TypeName, bool IsRequired = false, Func<JsonElement, string?>? Check = null)
{
    /// <summary>What it is for, in one short sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The values that it may have, in any case; empty when it is free.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>
    /// True where Elsa runs on with a value of another type: a literal that does not fit is refused in a task only, and what is found at run time is
    /// taken as it is.
    /// </summary>
    public bool IsTolerant { get; init; }

    /// <summary>
    /// Values that stand for whatever an expression may give (null: nothing), each of which the proof of a task tries. Without them they follow from the type.
    /// </summary>
    public IReadOnlyList<JsonElement?> Samples { get => field ??= SamplesOf(this); init; }

    /// <summary>The samples of a condition.</summary>
    internal static IReadOnlyList<JsonElement?> Conditions { get; } = [Values.From(true), Values.From(false)];

    /// <summary>What was expected of a literal value; null when it is fine.</summary>
    public string? Mismatch(JsonElement value) =>
        Values.Convert(value, TypeName) is not { } converted ? $"a value of type {TypeName}"
        : Options.Count > 0 && !Options.Contains(Values.ToText(converted), StringComparer.OrdinalIgnoreCase) ? string.Join(", ", Options.SkipLast(1)) + " or " + Options[^1]
        : Check?.Invoke(converted);

    private static IReadOnlyList<JsonElement?> SamplesOf(InputDescriptor input) => input.Options.Count > 0 ? [.. input.Options.Select(option => (JsonElement?)Values.From(option))] : Expressions.TypeName.Parse(input.TypeName).Kind switch
    {
        TypeKind.Boolean => Conditions,
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Real or TypeKind.Decimal => [Values.From(0), Values.From(1), Values.From(2)],
        TypeKind.Text => [Values.From("sample")],
        TypeKind.Span => [Values.From("01:00:00")],
        TypeKind.Time => [Values.From("2100-01-01T00:00:00Z")],
        _ => [null],
    };
}

/// <summary>What the reader, the checker and the schema need to know about an activity type.</summary>
public sealed record ActivityDescriptor(string Type)
{
    /// <summary>What it does, in one short sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The family that people look for it in.</summary>
    public string Category { get; init; } = "Other";

    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];

    /// <summary>Names of members that hold one child activity (<c>then</c>, <c>body</c> …).</summary>
    public IReadOnlyList<string> ChildPorts { get; init; } = [];

    /// <summary>Child ports that must be present.</summary>
    public IReadOnlyList<string> RequiredPorts { get; init; } = [];

    /// <summary>A member that holds a list of objects with one child <c>activity</c> each, in the ports <c>{member}/{index}</c>; null when there is none.</summary>
    public string? PortList { get; init; }

    /// <summary>The member that holds a list of children (<c>activities</c>, <c>branches</c>); null when there is none.</summary>
    public string? ListMember { get; init; }

    /// <summary>True when the member <c>cases</c> holds <c>{label, condition, activity?}</c>.</summary>
    public bool HasCases { get; init; }

    /// <summary>True when the member <c>connections</c> joins the children.</summary>
    public bool HasConnections { get; init; }

    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>True for an activity after which nothing in its container can follow.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True for an activity that ends more than its container, or fails: nothing around it goes on because of it.</summary>
    public bool IsExit { get; init; }

    /// <summary>True for an activity that waits for something from outside.</summary>
    public bool Waits { get; init; }

    /// <summary>True for an activity that goes on at all of its ports at once; any other chooses among them.</summary>
    public bool TakesEveryPort { get; init; }

    /// <summary>Variables that what runs inside it sees besides the declared ones.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>True when members that are not declared here are the business of somebody else, not a mistake.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Members that are plain JSON, not inputs.</summary>
    public IReadOnlyList<string> PlainMembers { get; init; } = [];
}
