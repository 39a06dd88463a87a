using System.Text;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Values one after the other: what for-of, spread and destructuring walk over.</summary>
internal abstract class Sequence
{
    /// <returns>False at the end.</returns>
    public abstract bool Next(Evaluation run, out Value value);

    /// <summary>The sequence of an iterable value; a TypeError for any other.</summary>
    public static Sequence Over(Evaluation run, Value value)
    {
        run.Meter.Allocate(48);
        return value switch
        {
            _ when value.IsText => new TextSequence(value.Text(run.Meter)),
            _ when value.AsArray is { } array => new ArraySequence(array),
            _ => value.AsObject switch
            {
                MapObject map => new EntrySequence(map.Entries, EntryPart.Both),
                SetObject set => new EntrySequence(set.Entries, EntryPart.Key),
                IteratorObject iterator => iterator.Sequence,
                _ => throw run.TypeError($"{(value.IsObject ? "object" : Operators.TypeOf(value))} is not iterable"),
            },
        };
    }

    /// <summary>Whether <see cref="Over"/> takes this object.</summary>
    public static bool IsIterable(Value value) => value.IsText || value.AsObject is ArrayObject or MapObject or SetObject or IteratorObject;

    public void AddTo(Evaluation run, ArrayObject target)
    {
        while (Next(run, out var value)) target.Add(run, value);
    }

    public ArrayObject ToArray(Evaluation run)
    {
        var array = ArrayObject.New(run);
        AddTo(run, array);
        return array;
    }

    /// <summary>An array of two: a key and what belongs to it.</summary>
    protected static Value Pair(Evaluation run, Value key, Value content) => Value.From(ArrayObject.Copy(run, [key, content]));
}

internal enum EntryPart : byte
{
    Key,
    Content,
    Both,
}

internal sealed class ArraySequence(ArrayObject array, EntryPart part = EntryPart.Content) : Sequence
{
    private int next;

    public override bool Next(Evaluation run, out Value value)
    {
        run.Meter.Step();
        value = Value.Undefined;
        if (next >= array.Count) return false;
        value = part switch
        {
            EntryPart.Key => Value.From(next),
            EntryPart.Content => array[next],
            _ => Pair(run, Value.From(next), array[next]),
        };
        next++;
        return true;
    }
}

/// <summary>The characters of a string, a surrogate pair as one.</summary>
internal sealed class TextSequence(string text) : Sequence
{
    private int next;

    public override bool Next(Evaluation run, out Value value)
    {
        run.Meter.Step();
        value = Value.Undefined;
        if (next >= text.Length) return false;
        if (Rune.TryGetRuneAt(text, next, out var rune) && rune.Utf16SequenceLength == 2)
        {
            run.Meter.Allocate(32);
            value = Value.From(text.Substring(next, 2));
            next++;
        }
        else
        {
            value = Characters.At(run, text, next);
        }
        next++;
        return true;
    }
}

internal sealed class EntrySequence(KeyedEntries entries, EntryPart part) : Sequence
{
    private int next;

    public override bool Next(Evaluation run, out Value value)
    {
        run.Meter.Step();
        var found = entries.Next(ref next, out var key, out var content);
        value = part switch
        {
            _ when !found => Value.Undefined,
            EntryPart.Key => key,
            EntryPart.Content => content,
            _ => Pair(run, key, content),
        };
        return found;
    }
}

/// <summary>Values that were all made beforehand.</summary>
internal sealed class ListSequence(IReadOnlyList<Value> values) : Sequence
{
    private int next;

    public override bool Next(Evaluation run, out Value value)
    {
        run.Meter.Step();
        var found = next < values.Count;
        value = found ? values[next++] : Value.Undefined;
        return found;
    }
}

/// <summary>The names of an object and of what it inherits; names deleted meanwhile are left out.</summary>
internal sealed class NameSequence : Sequence
{
    private readonly List<string> names = [];
    private readonly Value subject;
    private int next;

    public NameSequence(Evaluation run, Value subject)
    {
        this.subject = subject;
        names.AddRange(Properties.OwnNames(run, subject));
        var seen = new HashSet<string>(names, StringComparer.Ordinal);
        run.Meter.Allocate(64 + (48L * names.Count));
        run.Meter.Work(names.Count);
        for (var link = subject.AsObject?.Prototype; link is not null; link = link.Prototype)
        {
            run.Meter.Step();
            foreach (var name in link.OwnNames(run))
            {
                run.Meter.Allocate(48);
                if (seen.Add(name)) names.Add(name);
            }
        }
    }

    public override bool Next(Evaluation run, out Value value)
    {
        while (next < names.Count)
        {
            run.Meter.Step();
            var name = names[next++];
            if (subject.AsObject?.Has(run, name) == false) continue;
            value = Value.From(name);
            return true;
        }
        value = Value.Undefined;
        return false;
    }
}

/// <summary>What <c>entries()</c>, <c>keys()</c>, <c>values()</c> and <c>matchAll()</c> give.</summary>
internal sealed class IteratorObject(Sequence sequence) : ScriptObject(Prototypes.Iterator)
{
    public override string ClassName => "Iterator";

    public Sequence Sequence => sequence;

    public static Value New(Evaluation run, Sequence sequence)
    {
        run.Meter.Allocate(112);
        return Value.From(new IteratorObject(sequence));
    }
}
