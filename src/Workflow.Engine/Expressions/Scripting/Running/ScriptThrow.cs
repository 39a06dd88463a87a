namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A value on its way from a throw to a catch of the script. The only exception that a script can catch.</summary>
internal sealed class ScriptThrow : Exception
{
    /// <summary>What raising and catching costs the machine, in steps; far more than any other statement.</summary>
    private const int Cost = 400;

    /// <summary>Characters of a message that are worth keeping.</summary>
    private const int Longest = 1_000;

    public ScriptThrow(Evaluation run, Value value)
    {
        run.Meter.Work(Cost);
        run.Meter.Allocate(2_000);
        Value = value;
        Place = run.Place;
    }

    public Value Value { get; }

    public Place Place { get; }

    /// <summary>The error as whoever runs the script sees it. Runs no code of the script.</summary>
    public ScriptErrorException ToError(Evaluation run)
    {
        var text = Value.AsObject switch
        {
            null => "Uncaught " + Conversions.ToText(run, Value),
            ErrorObject error => Describe(run, error),
            var other => TextOf(run, other, "message") is { } message ? "Uncaught " + message : "Uncaught " + Native.Show(run, Value),
        };
        return new ScriptErrorException(text, Place.Line, Place.Column);
    }

    private static string Describe(Evaluation run, ErrorObject error)
    {
        var title = TextOf(run, error, "name") ?? "Error";
        return TextOf(run, error, "message") is { Length: > 0 } message ? $"{title}: {message}" : title;
    }

    private static string? TextOf(Evaluation run, ScriptObject target, string name)
    {
        var value = target.Get(run, name);
        if (!value.IsText) return null;
        var text = value.Text(run.Meter);
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
