namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// Two strings put together but not yet copied, so that a text built piece by piece costs its length and not the square of it.
/// Joined at most once; lives within one evaluation.
/// </summary>
internal sealed class Rope
{
    private const int ShortEnoughToCopy = 24;

    private object? left;
    private object? right;
    private string? joined;

    private Rope(object left, object right, int length)
    {
        this.left = left;
        this.right = right;
        Length = length;
    }

    public int Length { get; }

    public static Value Concat(Meter meter, Value first, Value second)
    {
        var length = (long)first.TextLength + second.TextLength;
        if (first.TextLength == 0) return second;
        if (second.TextLength == 0) return first;
        if (length <= ShortEnoughToCopy)
        {
            meter.Text(length);
            return Value.From(string.Concat(first.Text(meter), second.Text(meter)));
        }
        if (length > meter.Limits.MaxStringLength) throw meter.Exceeded(nameof(ScriptLimits.MaxStringLength), meter.Limits.MaxStringLength);
        meter.Allocate(48);
        return Value.From(new Rope(first.TextParts, second.TextParts, (int)length));
    }

    public string Join(Meter meter)
    {
        if (joined is not null) return joined;
        meter.Text(Length);
        joined = string.Create(Length, (Rope: this, meter), static (target, state) => state.Rope.Fill(target, state.meter));
        left = right = null;
        return joined;
    }

    /// <summary>Fills from the end, since a text grows at its end: the pieces still to do are then few.</summary>
    private void Fill(Span<char> target, Meter meter)
    {
        var end = target.Length;
        var rest = new Stack<object>();
        rest.Push(this);
        while (rest.TryPop(out var part))
        {
            meter.Step();
            if (part is Rope { joined: null } rope)
            {
                rest.Push(rope.left!);
                rest.Push(rope.right!);
                continue;
            }
            var text = part as string ?? ((Rope)part).joined!;
            end -= text.Length;
            text.CopyTo(target[end..]);
        }
    }
}
