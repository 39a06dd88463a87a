using System.Globalization;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Reads JSON text, as JSON.parse does.</summary>
internal sealed class JsonReader(Evaluation run, string text)
{
    private int at;
    private int depth;

    public Value Read()
    {
        var value = ReadValue();
        SkipSpace();
        return at == text.Length ? value : throw Unexpected();
    }

    private Value ReadValue()
    {
        run.Meter.Step();
        SkipSpace();
        if (at == text.Length) throw run.SyntaxError("Unexpected end of JSON input");
        switch (text[at])
        {
            case '{' or '[': return ReadNested();
            case '"': return Value.From(ReadText());
            case 't': return ReadWord("true", Value.True);
            case 'f': return ReadWord("false", Value.False);
            case 'n': return ReadWord("null", Value.Null);
            default: return ReadNumber();
        }
    }

    private Value ReadNested()
    {
        if (++depth > run.Meter.Limits.MaxDataDepth) throw run.Meter.Exceeded(nameof(ScriptLimits.MaxDataDepth), run.Meter.Limits.MaxDataDepth);
        run.Meter.Enter(3);
        var value = text[at++] == '{' ? Value.From(ReadObject()) : Value.From(ReadArray());
        run.Meter.Leave(3);
        depth--;
        return value;
    }

    private ScriptObject ReadObject()
    {
        var target = ScriptObject.New(run);
        SkipSpace();
        if (Take('}')) return target;
        do
        {
            SkipSpace();
            if (at == text.Length || text[at] != '"') throw Unexpected();
            var name = ReadText();
            SkipSpace();
            if (!Take(':')) throw Unexpected();
            target.Define(run, name, ReadValue());
            SkipSpace();
        }
        while (Take(','));
        return Take('}') ? target : throw Unexpected();
    }

    private ArrayObject ReadArray()
    {
        var target = ArrayObject.New(run);
        SkipSpace();
        if (Take(']')) return target;
        do
        {
            target.Add(run, ReadValue());
            SkipSpace();
        }
        while (Take(','));
        return Take(']') ? target : throw Unexpected();
    }

    private string ReadText()
    {
        var start = ++at;
        var length = text.AsSpan(start).IndexOfAny('"', '\\');
        if (length < 0) length = text.Length - start;
        run.Meter.Text(length);
        CheckControls(text.AsSpan(start, length));
        at += length;
        if (at < text.Length && text[at] == '"') return text[start..at++];
        return ReadEscapedText(text[start..at]);
    }

    private string ReadEscapedText(string begun)
    {
        var result = new TextAccumulator(run);
        result.Append(begun);
        while (true)
        {
            if (at >= text.Length) throw run.SyntaxError("Unterminated string in JSON");
            var letter = text[at++];
            if (letter == '"') return result.ToText();
            if (letter < ' ') throw run.SyntaxError("Bad control character in string literal in JSON");
            result.Append(letter == '\\' ? ReadEscape() : letter);
        }
    }

    private char ReadEscape()
    {
        if (at >= text.Length) throw run.SyntaxError("Unterminated string in JSON");
        var letter = text[at++];
        switch (letter)
        {
            case '"' or '\\' or '/': return letter;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when at + 4 <= text.Length && ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                return (char)code;
            default: throw run.SyntaxError("Bad escaped character in JSON");
        }
    }

    private void CheckControls(ReadOnlySpan<char> content)
    {
        if (content.ContainsAnyInRange('\0', '\u001F')) throw run.SyntaxError("Bad control character in string literal in JSON");
    }

    private Value ReadWord(string word, Value value)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0) throw Unexpected();
        at += word.Length;
        return value;
    }

    private Value ReadNumber()
    {
        var start = at;
        if (at < text.Length && text[at] == '-') at++;
        var digits = SkipDigits();
        if (digits == 0 || (digits > 1 && text[at - digits] == '0')) throw Unexpected();
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (SkipDigits() == 0) throw Unexpected();
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (SkipDigits() == 0) throw Unexpected();
        }
        run.Meter.Work((at - start) >> 1);
        return Value.From(double.Parse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private int SkipDigits()
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - start;
    }

    private void SkipSpace()
    {
        var start = at;
        while (at < text.Length && text[at] is ' ' or '\n' or '\r' or '\t') at++;
        run.Meter.Work((at - start) >> 2);
    }

    private bool Take(char letter)
    {
        if (at >= text.Length || text[at] != letter) return false;
        at++;
        return true;
    }

    private ScriptThrow Unexpected() =>
        at >= text.Length ? run.SyntaxError("Unexpected end of JSON input") : run.SyntaxError($"Unexpected token '{text[at]}' at position {at} in JSON");
}
