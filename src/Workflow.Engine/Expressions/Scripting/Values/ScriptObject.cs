namespace Workflow.Engine.Expressions.Scripting;

/// <summary>How far an object is closed to changes.</summary>
internal enum Closing : byte
{
    Open,
    NotExtensible,
    Sealed,
    Frozen,
}

/// <summary>An object of a script. Lives within one evaluation, unless it is one of the immutable <see cref="BuiltInObject"/>s.</summary>
internal class ScriptObject(ScriptObject? prototype)
{
    private PropertyMap? properties;

    public virtual ScriptObject? Prototype => prototype;

    /// <summary>What Object.prototype.toString calls it.</summary>
    public virtual string ClassName => "Object";

    public Closing Closing { get; private set; }

    public static ScriptObject New(Evaluation run, ScriptObject? prototype)
    {
        run.Meter.Allocate(56);
        return new ScriptObject(prototype);
    }

    public static ScriptObject New(Evaluation run) => New(run, Prototypes.Object);

    public virtual bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        value = default;
        return properties is not null && properties.TryGet(name, out value);
    }

    public Value Get(Evaluation run, string name)
    {
        for (var holder = this; holder is not null; holder = holder.Prototype)
        {
            if (holder.TryGetOwn(run, name, out var value)) return value;
            run.Meter.Step();
        }
        return name == "__proto__" && Prototype is { } own ? Value.From(own) : Value.Undefined;
    }

    public virtual Value GetIndex(Evaluation run, uint index) => Get(run, run.IndexName(index));

    public bool Has(Evaluation run, string name)
    {
        for (var holder = this; holder is not null; holder = holder.Prototype)
        {
            if (holder.TryGetOwn(run, name, out _)) return true;
            run.Meter.Step();
        }
        return false;
    }

    public virtual void Set(Evaluation run, string name, Value value)
    {
        if (name == "__proto__") throw run.TypeError("The prototype of an object cannot be changed");
        Define(run, name, value);
    }

    public virtual void SetIndex(Evaluation run, uint index, Value value) => Set(run, run.IndexName(index), value);

    /// <summary>Sets an own property as a literal or JSON does, where "__proto__" is a name like any other. What is closed stays as it is, as in sloppy mode.</summary>
    public void Define(Evaluation run, string name, Value value)
    {
        if (Closing == Closing.Frozen) return;
        if (properties is not null && properties.TryReplace(name, value)) return;
        if (Closing != Closing.Open) return;
        if (properties is null)
        {
            run.Meter.Allocate(200);
            properties = new PropertyMap();
        }
        properties.Add(run.Meter, name, value);
    }

    /// <returns>False when the property is there and must stay.</returns>
    public virtual bool Delete(Evaluation run, string name)
    {
        if (properties is null || !properties.TryGet(name, out _)) return true;
        return Closing < Closing.Sealed && properties.Remove(name);
    }

    /// <summary>Names of the own enumerable properties, in order.</summary>
    public virtual List<string> OwnNames(Evaluation run) => properties is null ? [] : properties.Names(run.Meter);

    public virtual void Close(Evaluation run, Closing closing)
    {
        if (closing > Closing) Closing = closing;
    }
}
