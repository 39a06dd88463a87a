namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A parameter: a target with a default, or — the last — the rest.</summary>
internal sealed record Parameter(PatternPart Part, bool IsRest);

/// <summary>What a function is, apart from the scope that it was made in. Filled while it is compiled, and not changed after.</summary>
internal sealed class FunctionCode(string name, bool isArrow, int height)
{
    public string Name => name;

    public bool IsArrow => isArrow;

    /// <summary>Levels of depth that a call of this function may need for its own expressions and statements.</summary>
    public int Height => height;

    /// <summary>The text of the function in the source of the script.</summary>
    public ReadOnlyMemory<char> Source { get; set; }

    /// <summary>Parameters before the first with a default or rest.</summary>
    public int Length { get; set; }

    public Parameter[] Parameters { get; set; } = [];

    /// <summary>The slots of the parameters, when all of them are plain names.</summary>
    public int[]? PlainParameters { get; set; }

    public Statement? Body { get; set; }

    /// <summary>The body of an arrow function that is an expression.</summary>
    public Node? Result { get; set; }

    public int Slots { get; set; }

    /// <summary>The slot for <c>this</c>, if it is used here or in an arrow function within.</summary>
    public int? SelfSlot { get; set; }

    /// <summary>The slot for <c>arguments</c>, if it is used.</summary>
    public int? ArgumentsSlot { get; set; }

    /// <summary>The slot for the own name of a function expression.</summary>
    public int? NameSlot { get; set; }

    public Value Run(Evaluation run, Scope scope)
    {
        if (Result is not null) return Result.Evaluate(run, scope);
        return Body!.Execute(run, scope) == Completion.Return ? run.Returned : Value.Undefined;
    }

    public void Bind(Evaluation run, Scope scope, Value[] arguments)
    {
        if (PlainParameters is { } slots)
        {
            for (var index = 0; index < slots.Length && index < arguments.Length; index++) scope.Slots[slots[index]] = arguments[index];
            return;
        }
        for (var index = 0; index < Parameters.Length; index++)
        {
            var given = index < arguments.Length ? arguments[index] : Value.Undefined;
            if (Parameters[index].IsRest) given = Value.From(ArrayObject.Copy(run, arguments.AsSpan(Math.Min(index, arguments.Length))));
            Parameters[index].Part.Write(run, scope, given);
        }
    }
}

/// <summary>A function that the script made.</summary>
internal sealed class ScriptFunction : FunctionObject
{
    private readonly FunctionCode code;
    private readonly Scope closure;

    private ScriptFunction(FunctionCode code, Scope closure)
        : base(Prototypes.Function)
    {
        this.code = code;
        this.closure = closure;
    }

    public override string Name => code.Name;

    public override ReadOnlyMemory<char> Source => code.Source;

    public static ScriptFunction New(Evaluation run, FunctionCode code, Scope closure)
    {
        run.Meter.Allocate(80);
        return new ScriptFunction(code, closure);
    }

    public override Value Call(Evaluation run, Value self, Value[] arguments)
    {
        run.Meter.Step();
        run.Meter.Enter(code.Height);
        var scope = Scope.New(run, code.Slots, closure);
        if (code.SelfSlot is { } selfSlot) scope.Slots[selfSlot] = self;
        if (code.ArgumentsSlot is { } argumentsSlot) scope.Slots[argumentsSlot] = Value.From(ArrayObject.Copy(run, arguments));
        if (code.NameSlot is { } nameSlot) scope.Slots[nameSlot] = Value.From(this);
        code.Bind(run, scope, arguments);
        var result = code.Run(run, scope);
        run.Meter.Leave(code.Height);
        return result;
    }

    public override Value Construct(Evaluation run, Value[] arguments)
    {
        if (code.IsArrow) return base.Construct(run, arguments);
        var made = Value.From(New(run, Get(run, "prototype").AsObject ?? Prototypes.Object));
        var result = Call(run, made, arguments);
        return result.IsObject ? result : made;
    }

    /// <summary>Makes the prototype of a constructor when it is first asked for.</summary>
    public override bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        if (base.TryGetOwn(run, name, out value)) return true;
        if (name == "length")
        {
            value = Value.From(code.Length);
            return true;
        }
        if (name != "prototype" || code.IsArrow) return false;
        run.Meter.Allocate(56);
        value = Value.From(new ConstructorPrototype(this));
        Define(run, "prototype", value);
        return true;
    }

    public override List<string> OwnNames(Evaluation run) => base.OwnNames(run).FindAll(static name => name != "prototype");
}

/// <summary>The prototype that a function of the script gives to what it constructs. Its constructor is not listed.</summary>
internal sealed class ConstructorPrototype(ScriptFunction constructor) : ScriptObject(Prototypes.Object)
{
    public override bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        if (base.TryGetOwn(run, name, out value)) return true;
        value = name == "constructor" ? Value.From(constructor) : default;
        return name == "constructor";
    }
}
