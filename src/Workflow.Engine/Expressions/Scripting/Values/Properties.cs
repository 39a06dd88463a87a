namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Reading and writing <c>target[key]</c> for any kind of target.</summary>
internal static class Properties
{
    public static Value Get(Evaluation run, Value target, Value key)
    {
        if (key.IsNumber && ArrayIndex.TryFrom(key.Number, out var index))
        {
            if (target.AsObject is { } holder) return holder.GetIndex(run, index);
            if (target.IsText) return CharacterAt(run, target, index);
        }
        if (target.IsNullish) throw Nothing(run, "read", target, Conversions.ToName(run, key));
        return Get(run, target, Conversions.ToName(run, key));
    }

    public static Value Get(Evaluation run, Value target, string name)
    {
        switch (target.Kind)
        {
            case ValueKind.Object:
                return target.AsObject!.Get(run, name);
            case ValueKind.Text when name == "length":
                return Value.From(target.TextLength);
            case ValueKind.Text when ArrayIndex.TryParse(name, out var index):
                return CharacterAt(run, target, index);
            case ValueKind.Text:
                return Prototypes.Text.Get(run, name);
            case ValueKind.Number:
                return Prototypes.Number.Get(run, name);
            case ValueKind.Boolean:
                return Prototypes.Boolean.Get(run, name);
            default:
                throw Nothing(run, "read", target, name);
        }
    }

    public static void Set(Evaluation run, Value target, Value key, Value value)
    {
        if (target.AsObject is { } holder)
        {
            if (key.IsNumber && ArrayIndex.TryFrom(key.Number, out var index)) holder.SetIndex(run, index, value);
            else holder.Set(run, Conversions.ToName(run, key), value);
            return;
        }
        if (target.IsNullish) throw Nothing(run, "set", target, Conversions.ToName(run, key));
    }

    public static void Set(Evaluation run, Value target, string name, Value value)
    {
        if (target.AsObject is { } holder) holder.Set(run, name, value);
        else if (target.IsNullish) throw Nothing(run, "set", target, name);
    }

    /// <summary>The names that for-in and Object.keys list.</summary>
    public static List<string> OwnNames(Evaluation run, Value target)
    {
        if (target.AsObject is { } holder) return holder.OwnNames(run);
        if (!target.IsText) return [];
        run.Meter.Slots(target.TextLength);
        return [.. Enumerable.Range(0, target.TextLength).Select(index => run.IndexName((uint)index))];
    }

    private static Value CharacterAt(Evaluation run, Value text, uint index) =>
        index < text.TextLength ? Characters.At(run, text.Text(run.Meter), (int)index) : Value.Undefined;

    private static ScriptThrow Nothing(Evaluation run, string what, Value target, string name)
    {
        var shown = name.Length <= 100 ? name : name[..100];
        return run.TypeError($"Cannot {what} properties of {(target.IsUndefined ? "undefined" : "null")} ({(what == "set" ? "setting" : "reading")} '{shown}')");
    }
}

/// <summary>Strings of one character, made once.</summary>
internal static class Characters
{
    private static readonly string[] Latin = [.. Enumerable.Range(0, 256).Select(static code => ((char)code).ToString())];

    public static Value At(Evaluation run, string text, int index) => Value.From(From(run, text[index]));

    public static string From(Evaluation run, char letter)
    {
        if (letter < Latin.Length) return Latin[letter];
        run.Meter.Allocate(32);
        return letter.ToString();
    }
}
