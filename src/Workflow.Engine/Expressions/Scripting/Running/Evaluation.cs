using System.Globalization;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>One evaluation of a script: all that may change while it runs. Nothing of it outlives the evaluation.</summary>
internal sealed class Evaluation
{
    private static readonly string[] SmallIndexes = [.. Enumerable.Range(0, 1_000).Select(static index => index.ToString(CultureInfo.InvariantCulture))];

    private HostWrites? writes;

    public Evaluation(ScriptHost host, ScriptLimits limits, Func<bool>? mustStop, int globals)
    {
        Meter = new Meter(limits, mustStop);
        Host = host;
        Globals = globals == 0 ? [] : new Value[globals];
        Array.Fill(Globals, Value.Unset);
        Variables = new ScriptVariables(this);
    }

    public Meter Meter { get; }

    public ScriptHost Host { get; }

    /// <summary>Names that the script set without declaring them.</summary>
    public Value[] Globals { get; }

    public ScriptVariables Variables { get; }

    /// <summary>What the script asked the host to do other than to write variables; done when it has succeeded.</summary>
    public HostWrites Writes => writes ??= new HostWrites();

    public PatternCache Patterns => field ??= new PatternCache();

    public SeededRandom Random => field ??= new SeededRandom(Host.Seed);

    /// <summary>The value of the last expression statement of the script.</summary>
    public Value Completion { get; set; }

    /// <summary>What the return statement under way gives.</summary>
    public Value Returned { get; set; }

    /// <summary>The label that the break or continue statement under way names.</summary>
    public string? Label { get; set; }

    /// <summary>Where the script is, for the message of an error.</summary>
    public Place Place { get; set; }

    /// <summary>Arrays whose join is under way; an array within itself is joined as nothing.</summary>
    public List<ArrayObject> Joining => field ??= [];

    /// <summary>The time now, in milliseconds since 1970.</summary>
    public double Now => Math.Floor((Host.At.UtcDateTime - DateTime.UnixEpoch).TotalMilliseconds);

    /// <summary>The object <c>args</c>.</summary>
    public ScriptObject Arguments => field ??= MakeArguments();

    public string IndexName(uint index)
    {
        if (index < SmallIndexes.Length) return SmallIndexes[index];
        Meter.Allocate(48);
        return index.ToString(CultureInfo.InvariantCulture);
    }

    public ScriptThrow TypeError(string message) => Error(Prototypes.TypeError, message);

    public ScriptThrow RangeError(string message) => Error(Prototypes.RangeError, message);

    public ScriptThrow ReferenceError(string message) => Error(Prototypes.ReferenceError, message);

    public ScriptThrow SyntaxError(string message) => Error(Prototypes.SyntaxError, message);

    public ErrorObject NewError(ScriptObject prototype, string? message)
    {
        Meter.Allocate(64);
        var error = new ErrorObject(prototype);
        if (message is not null) error.Define(this, "message", Value.From(message));
        return error;
    }

    /// <summary>Hands everything that the script wrote to the host.</summary>
    public void Apply()
    {
        foreach (var (name, value) in Variables.Changes()) Host.WriteVariable(name, value);
        writes?.ApplyTo(Host);
    }

    private ScriptObject MakeArguments()
    {
        var arguments = ScriptObject.New(this);
        foreach (var (name, value) in Host.Arguments) arguments.Define(this, name, JsonValues.FromJson(this, value));
        return arguments;
    }

    private ScriptThrow Error(ScriptObject prototype, string message)
    {
        Meter.Allocate(48 + (message.Length * 2));
        return new ScriptThrow(this, Value.From(NewError(prototype, message)));
    }
}

/// <summary>A line and a column of the source text, from one.</summary>
internal readonly record struct Place(int Line, int Column);
