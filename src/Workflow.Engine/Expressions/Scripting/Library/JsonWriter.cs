namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Writes values as JSON text, as JSON.stringify does.</summary>
internal sealed class JsonWriter
{
    private readonly Evaluation run;
    private readonly TextAccumulator text;
    private readonly FunctionObject? replacer;
    private readonly HashSet<string>? allowed;
    private readonly string indent;
    private readonly List<ScriptObject> open = [];
    private bool replacesLoneSurrogates;

    public JsonWriter(Evaluation run, Value replacer, string indent)
    {
        this.run = run;
        this.indent = indent;
        text = new TextAccumulator(run);
        this.replacer = replacer.AsFunction;
        if (replacer.AsArray is not { } names) return;
        allowed = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < names.Count; index++)
        {
            run.Meter.Allocate(64);
            allowed.Add(Conversions.ToName(run, names[index]));
        }
    }

    /// <summary>Writes JSON that every reader takes: half of a surrogate pair becomes the replacement character.</summary>
    public static JsonWriter ForHost(Evaluation run) => new(run, Value.Undefined, "") { replacesLoneSurrogates = true };

    /// <returns>Null when the value is not one that JSON can hold.</returns>
    public string? Write(Value value)
    {
        var holder = Value.Undefined;
        if (replacer is not null)
        {
            var root = ScriptObject.New(run);
            root.Define(run, "", value);
            holder = Value.From(root);
        }
        return TryPrepare(holder, Value.EmptyText, ref value) ? WriteRoot(value) : null;
    }

    private string WriteRoot(Value value)
    {
        WriteValue(value);
        return text.ToText();
    }

    /// <summary>Applies toJSON and the replacer.</summary>
    /// <returns>False for what is left out.</returns>
    private bool TryPrepare(Value holder, Value key, ref Value value)
    {
        run.Meter.Step();
        if (value.AsObject is { } target && target.Get(run, "toJSON").AsFunction is { } toJson) value = toJson.Call(run, value, [key]);
        if (replacer is not null)
        {
            run.Meter.Allocate(56);
            value = replacer.Call(run, holder, [key, value]);
        }
        return value.Kind is not (ValueKind.Undefined or ValueKind.Hole) && value.AsFunction is null;
    }

    private void WriteValue(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                text.Append("null");
                break;
            case ValueKind.Boolean:
                text.Append(value.Truth ? "true" : "false");
                break;
            case ValueKind.Number:
                text.Append(double.IsFinite(value.Number) ? Conversions.ToText(run, value) : "null");
                break;
            case ValueKind.Text:
                WriteText(value.Text(run.Meter));
                break;
            default:
                WriteNested(value.AsObject!);
                break;
        }
    }

    private void WriteText(string content)
    {
        text.Append('"');
        var done = 0;
        for (var at = 0; at < content.Length; at++)
        {
            if (!NeedsEscape(content, at)) continue;
            text.Append(content.AsSpan(done, at - done));
            text.Append(replacesLoneSurrogates && char.IsSurrogate(content[at]) ? "\uFFFD" : Escaped(run, content[at]));
            done = at + 1;
        }
        run.Meter.Characters(content.Length * 4L);
        text.Append(content.AsSpan(done));
        text.Append('"');
    }

    private void WriteNested(ScriptObject target)
    {
        if (open.Contains(target)) throw run.TypeError("Converting circular structure to JSON");
        if (open.Count >= run.Meter.Limits.MaxDataDepth) throw run.Meter.Exceeded(nameof(ScriptLimits.MaxDataDepth), run.Meter.Limits.MaxDataDepth);
        run.Meter.Enter(3);
        open.Add(target);
        if (target is ArrayObject array) WriteArray(array);
        else WriteObject(target);
        open.RemoveAt(open.Count - 1);
        run.Meter.Leave(3);
    }

    private void WriteArray(ArrayObject array)
    {
        text.Append('[');
        for (var index = 0; index < array.Count; index++)
        {
            run.Meter.Step();
            if (index > 0) text.Append(',');
            NewLine();
            var item = array[index];
            if (TryPrepare(Value.From(array), ItemKey(index), ref item)) WriteValue(item);
            else text.Append("null");
        }
        Close(array.Count > 0, ']');
    }

    private Value ItemKey(int index) => Value.From(run.IndexName((uint)index));

    private void WriteObject(ScriptObject target)
    {
        text.Append('{');
        var any = false;
        foreach (var name in allowed is null ? target.OwnNames(run) : [.. allowed])
        {
            run.Meter.Step();
            var value = target.Get(run, name);
            if (!TryPrepare(Value.From(target), Value.From(name), ref value)) continue;
            if (any) text.Append(',');
            any = true;
            NewLine();
            WriteText(name);
            text.Append(indent.Length > 0 ? ": " : ":");
            WriteValue(value);
        }
        Close(any, '}');
    }

    private void Close(bool any, char bracket)
    {
        if (any && indent.Length > 0)
        {
            text.Append('\n');
            for (var level = 1; level < open.Count; level++) text.Append(indent);
        }
        text.Append(bracket);
    }

    private void NewLine()
    {
        if (indent.Length == 0) return;
        text.Append('\n');
        for (var level = 0; level < open.Count; level++) text.Append(indent);
    }

    private static bool NeedsEscape(string content, int at)
    {
        var letter = content[at];
        if (letter is < ' ' or '"' or '\\') return true;
        if (!char.IsSurrogate(letter)) return false;
        return char.IsHighSurrogate(letter)
            ? at + 1 == content.Length || !char.IsLowSurrogate(content[at + 1])
            : at == 0 || !char.IsHighSurrogate(content[at - 1]);
    }

    private static string Escaped(Evaluation run, char letter)
    {
        run.Meter.Allocate(40);
        return letter switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            _ => $"\\u{(int)letter:x4}",
        };
    }
}
