using System.Text;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Builds a string piece by piece, paying for each piece before it is added.</summary>
internal sealed class TextAccumulator(Evaluation run)
{
    private readonly StringBuilder text = new();

    public int Length => text.Length;

    public void Append(string piece) => Append(piece.AsSpan());

    public void Append(ReadOnlySpan<char> piece)
    {
        Pay(piece.Length);
        text.Append(piece);
    }

    public void Append(char letter)
    {
        Pay(1);
        text.Append(letter);
    }

    public void Append(char letter, int count)
    {
        Pay(count);
        text.Append(letter, count);
    }

    public string ToText()
    {
        run.Meter.Text(text.Length);
        return text.ToString();
    }

    public Value ToValue() => Value.From(ToText());

    private void Pay(long length)
    {
        if (text.Length + length > run.Meter.Limits.MaxStringLength)
            throw run.Meter.Exceeded(nameof(ScriptLimits.MaxStringLength), run.Meter.Limits.MaxStringLength);
        run.Meter.Characters(length);
        run.Meter.Allocate(length * 2);
    }
}
