using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Something that can be called.</summary>
internal abstract class FunctionObject(ScriptObject? prototype) : ScriptObject(prototype)
{
    public override string ClassName => "Function";

    public abstract string Name { get; }

    /// <summary>The text that toString gives; empty for a function of the library.</summary>
    public virtual ReadOnlyMemory<char> Source => default;

    public abstract Value Call(Evaluation run, Value self, Value[] arguments);

    public virtual Value Construct(Evaluation run, Value[] arguments) => throw run.TypeError($"{Name} is not a constructor");

    public override bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        if (base.TryGetOwn(run, name, out value)) return true;
        value = name == "name" ? Value.From(Name) : default;
        return name == "name";
    }
}

/// <summary>The arguments of a call; those not given are undefined.</summary>
internal readonly struct Arguments(Value[] items)
{
    public int Count => items.Length;

    public ReadOnlySpan<Value> Items => items;

    public Value this[int index] => index < items.Length ? items[index] : Value.Undefined;
}

internal delegate Value NativeBody(Evaluation run, Value self, Arguments arguments);

/// <summary>A function of the library. Shared by all evaluations, hence immutable.</summary>
internal sealed class NativeFunction(
    string name, int length, NativeBody body, NativeBody? construct = null, Func<FrozenDictionary<string, Value>>? members = null) : FunctionObject(null)
{
    /// <summary>Levels of depth that one call of a function of the library stands for.</summary>
    private const int Levels = 6;

    public override ScriptObject? Prototype => Prototypes.Function;

    public override string Name => name;

    public override Value Call(Evaluation run, Value self, Value[] arguments)
    {
        run.Meter.Step();
        run.Meter.Enter(Levels);
        var result = body(run, self, new Arguments(arguments));
        run.Meter.Leave(Levels);
        return result;
    }

    public override Value Construct(Evaluation run, Value[] arguments)
    {
        if (construct is null) return base.Construct(run, arguments);
        run.Meter.Step();
        run.Meter.Enter(Levels);
        var result = construct(run, Value.Undefined, new Arguments(arguments));
        run.Meter.Leave(Levels);
        return result;
    }

    public override bool TryGetOwn(Evaluation run, string key, out Value value)
    {
        if (members is not null && members().TryGetValue(key, out value)) return true;
        value = key switch
        {
            "name" => Value.From(name),
            "length" => Value.From(length),
            _ => default,
        };
        return key is "name" or "length";
    }

    public override void Set(Evaluation run, string key, Value value) => throw run.TypeError($"Cannot change {name}, which is built in");

    public override void Close(Evaluation run, Closing closing)
    {
    }
}
