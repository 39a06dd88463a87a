using System.Text.Json;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The values of the instance as values of the script, and back.</summary>
internal static class JsonValues
{
    public static Value FromJson(Evaluation run, JsonElement? json)
    {
        if (json is not { } element) return Value.Null;
        var depth = run.Meter.Depth;
        try
        {
            return Read(run, element, 0);
        }
        catch (InvalidOperationException)
        {
            // A text with half of a surrogate pair, which JSON may hold, and a string of ours, but which .NET refuses to read.
            run.Meter.Unwind(depth);
            return new JsonReader(run, element.GetRawText()).Read();
        }
    }

    /// <returns>Null for undefined and functions.</returns>
    public static JsonElement? ToJson(Evaluation run, Value value)
    {
        if (value.IsUndefined) return null;
        if (JsonWriter.ForHost(run).Write(value) is not { } text) return null;
        if (text.Length > run.Meter.Limits.MaxResultLength) throw run.Meter.Exceeded(nameof(ScriptLimits.MaxResultLength), run.Meter.Limits.MaxResultLength);
        run.Meter.Work(text.Length >> 3);
        run.Meter.Allocate(200 + (text.Length * 3L));
        return JsonElement.Parse(text);
    }

    /// <summary>Whether a value still is what was read. Two objects are the same if they have the same properties.</summary>
    public static bool IsSame(Evaluation run, Value value, JsonElement? json)
    {
        var depth = run.Meter.Depth;
        try
        {
            return IsSame(run, value, json ?? default, 0);
        }
        catch (InvalidOperationException)
        {
            run.Meter.Unwind(depth);
            return JsonWriter.ForHost(run).Write(value) == JsonWriter.ForHost(run).Write(FromJson(run, json));
        }
    }

    private static Value Read(Evaluation run, JsonElement json, int depth)
    {
        run.Meter.Step();
        switch (json.ValueKind)
        {
            case JsonValueKind.Null: return Value.Null;
            case JsonValueKind.True: return Value.True;
            case JsonValueKind.False: return Value.False;
            case JsonValueKind.Number: return Value.From(json.GetDouble());
            case JsonValueKind.String: return Value.From(ReadText(run, json));
            case JsonValueKind.Undefined: return Value.Undefined;
        }
        if (depth == run.Meter.Limits.MaxDataDepth) throw run.Meter.Exceeded(nameof(ScriptLimits.MaxDataDepth), run.Meter.Limits.MaxDataDepth);
        run.Meter.Enter(2);
        var value = json.ValueKind == JsonValueKind.Array ? ReadArray(run, json, depth) : ReadObject(run, json, depth);
        run.Meter.Leave(2);
        return value;
    }

    private static string ReadText(Evaluation run, JsonElement json)
    {
        var text = json.GetString()!;
        run.Meter.Text(text.Length);
        return text;
    }

    private static Value ReadArray(Evaluation run, JsonElement json, int depth)
    {
        var array = ArrayObject.New(run, json.GetArrayLength());
        foreach (var item in json.EnumerateArray()) array.Add(run, Read(run, item, depth + 1));
        return Value.From(array);
    }

    private static Value ReadObject(Evaluation run, JsonElement json, int depth)
    {
        var target = ScriptObject.New(run);
        foreach (var property in json.EnumerateObject())
        {
            var name = property.Name;
            run.Meter.Text(name.Length);
            target.Define(run, name, Read(run, property.Value, depth + 1));
        }
        return Value.From(target);
    }

    private static bool IsSame(Evaluation run, Value value, JsonElement json, int depth)
    {
        run.Meter.Step();
        switch (json.ValueKind)
        {
            case JsonValueKind.Null: return value.Kind == ValueKind.Null;
            case JsonValueKind.True: return value.Kind == ValueKind.Boolean && value.Truth;
            case JsonValueKind.False: return value.Kind == ValueKind.Boolean && !value.Truth;
            case JsonValueKind.Number: return value.IsNumber && value.Number.Equals(json.GetDouble());
            case JsonValueKind.String: return value.IsText && IsSameText(run, value, json);
            case JsonValueKind.Undefined: return value.IsUndefined;
        }
        run.Meter.Enter(2);
        var same = json.ValueKind == JsonValueKind.Array ? IsSameArray(run, value, json, depth) : IsSameObject(run, value, json, depth);
        run.Meter.Leave(2);
        return same;
    }

    private static bool IsSameText(Evaluation run, Value value, JsonElement json)
    {
        run.Meter.Characters(value.TextLength);
        var text = value.Text(run.Meter);
        if (json.ValueEquals(text)) return true;
        return !TextEncoding.IsWellFormed(text) && new JsonReader(run, json.GetRawText()).Read().Text(run.Meter) == text;
    }

    private static bool IsSameArray(Evaluation run, Value value, JsonElement json, int depth)
    {
        if (value.AsArray is not { } array || array.Count != json.GetArrayLength()) return false;
        var index = 0;
        foreach (var item in json.EnumerateArray())
            if (!IsSame(run, array[index++], item, depth + 1)) return false;
        return true;
    }

    private static bool IsSameObject(Evaluation run, Value value, JsonElement json, int depth)
    {
        if (value.AsObject is not { } target || target.GetType() != typeof(ScriptObject)) return false;
        var names = target.OwnNames(run);
        var index = 0;
        foreach (var property in json.EnumerateObject())
        {
            if (!target.TryGetOwn(run, property.Name, out var own) || !IsSame(run, own, property.Value, depth + 1)) return false;
            index++;
        }
        return index == names.Count;
    }
}
