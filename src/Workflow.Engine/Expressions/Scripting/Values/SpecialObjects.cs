namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A date: milliseconds since 1970 in UTC, or not a number.</summary>
internal sealed class DateObject(double time) : ScriptObject(Prototypes.Date)
{
    public override string ClassName => "Date";

    public double Time { get; set; } = time;
}

/// <summary>An error. Its message is a property of its own, but not one that is listed.</summary>
internal sealed class ErrorObject(ScriptObject prototype) : ScriptObject(prototype)
{
    public override string ClassName => "Error";

    public override List<string> OwnNames(Evaluation run) => base.OwnNames(run).FindAll(static name => name is not ("message" or "cause"));
}

internal sealed class RegexObject(Pattern pattern, string source, string flags) : ScriptObject(Prototypes.Regex)
{
    public override string ClassName => "RegExp";

    public Pattern Pattern { get; } = pattern;

    public string Source { get; } = source;

    public string Flags { get; } = flags;

    public double LastIndex { get; set; }

    public bool IsGlobal => Flags.Contains('g');

    public bool IsSticky => Flags.Contains('y');

    public override bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        value = name switch
        {
            "lastIndex" => Value.From(LastIndex),
            "source" => Value.From(Source),
            "flags" => Value.From(Flags),
            "global" => Value.From(IsGlobal),
            "ignoreCase" => Value.From(Flags.Contains('i')),
            "multiline" => Value.From(Flags.Contains('m')),
            "dotAll" => Value.From(Flags.Contains('s')),
            "unicode" => Value.From(Flags.Contains('u')),
            "sticky" => Value.From(IsSticky),
            _ => default,
        };
        return !value.IsUndefined || base.TryGetOwn(run, name, out value);
    }

    public override void Set(Evaluation run, string name, Value value)
    {
        if (name == "lastIndex") LastIndex = Conversions.ToInteger(run, value);
        else base.Set(run, name, value);
    }
}
