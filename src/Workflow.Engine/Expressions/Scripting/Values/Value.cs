namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What a <see cref="Value"/> holds. <see cref="Hole"/> and <see cref="Unset"/> never reach a script.</summary>
internal enum ValueKind : byte
{
    Undefined,
    Null,
    Boolean,
    Number,
    Text,
    Object,

    /// <summary>An item that an array does not have.</summary>
    Hole,

    /// <summary>A name before its declaration has run.</summary>
    Unset,
}

/// <summary>A value of a script. A string is either a <see cref="string"/> or a <see cref="Rope"/> not yet joined.</summary>
internal readonly struct Value
{
    private static readonly Tag NullTag = new(ValueKind.Null);
    private static readonly Tag BooleanTag = new(ValueKind.Boolean);
    private static readonly Tag NumberTag = new(ValueKind.Number);

    public static readonly Value Undefined;
    public static readonly Value Null = new(NullTag, 0);
    public static readonly Value True = new(BooleanTag, 1);
    public static readonly Value False = new(BooleanTag, 0);
    public static readonly Value NaN = new(NumberTag, double.NaN);
    public static readonly Value Zero = new(NumberTag, 0);
    public static readonly Value EmptyText = new("", 0);
    public static readonly Value Hole = new(new Tag(ValueKind.Hole), 0);
    public static readonly Value Unset = new(new Tag(ValueKind.Unset), 0);

    private readonly object? reference;

    private Value(object? reference, double number)
    {
        this.reference = reference;
        Number = number;
    }

    public ValueKind Kind => reference switch
    {
        null => ValueKind.Undefined,
        Tag tag => tag.Kind,
        string or Rope => ValueKind.Text,
        _ => ValueKind.Object,
    };

    /// <summary>The number, when this is one.</summary>
    public double Number { get; }

    public bool IsNumber => ReferenceEquals(reference, NumberTag);

    public bool IsUndefined => reference is null;

    public bool IsNullish => reference is null || ReferenceEquals(reference, NullTag);

    public bool IsText => reference is string or Rope;

    public bool IsObject => AsObject is not null;

    public bool IsHole => ReferenceEquals(reference, Hole.reference);

    public bool IsUnset => ReferenceEquals(reference, Unset.reference);

    /// <summary>The truth value, when this is one.</summary>
    public bool Truth => Number != 0;

    public ScriptObject? AsObject => reference as ScriptObject;

    public ArrayObject? AsArray => reference as ArrayObject;

    public FunctionObject? AsFunction => reference as FunctionObject;

    /// <summary>The length of the string, without joining it.</summary>
    public int TextLength => reference is string text ? text.Length : ((Rope)reference!).Length;

    public static Value From(double number) => new(NumberTag, number);

    public static Value From(bool truth) => truth ? True : False;

    public static Value From(string text) => new(text, 0);

    public static Value FromOrNull(string? text) => text is null ? Null : new(text, 0);

    public static Value From(Rope rope) => new(rope, 0);

    public static Value From(ScriptObject value) => new(value, 0);

    /// <summary>The characters of this string.</summary>
    public string Text(Meter meter) => reference as string ?? ((Rope)reference!).Join(meter);

    /// <summary>The string or rope itself, to build a longer rope on.</summary>
    public object TextParts => reference!;

    public bool IsSame(Value other) => ReferenceEquals(reference, other.reference);

    private sealed class Tag(ValueKind kind)
    {
        public ValueKind Kind { get; } = kind;
    }
}
