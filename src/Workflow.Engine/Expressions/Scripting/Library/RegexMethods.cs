using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>RegExp.prototype.</summary>
internal static class RegexMethods
{
    public static readonly FrozenDictionary<string, Value> Members = Native.Table(
        [("constructor", Value.From(Constructors.Regex))],
        ("test", 1, static (run, self, arguments) => Value.From(TextMatches.Next(run, Self(run, self), Conversions.ToText(run, arguments[0])) is not null)),
        ("exec", 1, static (run, self, arguments) => TextMatches.Execute(run, Self(run, self), Conversions.ToText(run, arguments[0]))),
        ("toString", 0, Show));

    public static RegexObject New(Evaluation run, string source, string flags)
    {
        run.Meter.Allocate(96);
        try
        {
            return new RegexObject(run.Patterns.Get(run, source, flags), source.Length == 0 ? "(?:)" : source, flags);
        }
        catch (PatternRefusal refusal)
        {
            throw run.SyntaxError($"Invalid regular expression: {refusal.Message}");
        }
    }

    public static Value Construct(Evaluation run, Value self, Arguments arguments)
    {
        var known = arguments[0].AsObject as RegexObject;
        var source = known?.Source ?? (arguments[0].IsUndefined ? "" : Conversions.ToText(run, arguments[0]));
        var flags = arguments[1].IsUndefined ? known?.Flags ?? "" : Conversions.ToText(run, arguments[1]);
        return Value.From(New(run, source, flags));
    }

    private static RegexObject Self(Evaluation run, Value self) =>
        self.AsObject as RegexObject ?? throw run.TypeError("A method of RegExp was called on what is not a RegExp");

    private static Value Show(Evaluation run, Value self, Arguments arguments)
    {
        var regex = Self(run, self);
        run.Meter.Text(regex.Source.Length + regex.Flags.Length + 2);
        return Value.From($"/{regex.Source}/{regex.Flags}");
    }
}
