namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What a thread of a <see cref="PatternMatcher"/> does next.</summary>
internal enum Opcode : byte
{
    One,
    Split,
    Jump,
    Save,
    Forget,
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
    Match,
}

/// <param name="X">Split and Jump: where to, at first. Save: the position to set. Forget: the first group.</param>
/// <param name="Y">Split: where to, as second choice. Forget: after the last group.</param>
internal readonly record struct Instruction(Opcode Code, int X = 0, int Y = 0, CharacterSet? Set = null);

/// <summary>Writes a regular expression out as a program. Counted repetitions are copied, so its size is bounded here.</summary>
internal sealed class PatternCompiler(PatternOptions options)
{
    private readonly List<Instruction> program = [];
    private int copies;

    public Instruction[] Compile(PatternNode root)
    {
        Emit(new Instruction(Opcode.Save));
        Write(root);
        Emit(new Instruction(Opcode.Save, 1));
        Emit(new Instruction(Opcode.Match));
        return [.. program];
    }

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.One one:
                Emit(new Instruction(Opcode.One, options.IgnoresCase ? 1 : 0, one.Set.Size, one.Set));
                break;
            case PatternNode.Row row:
                foreach (var part in row.Parts) Write(part);
                break;
            case PatternNode.Choice choice:
                WriteChoice(choice);
                break;
            case PatternNode.Group group:
                Emit(new Instruction(Opcode.Save, 2 * group.Number));
                Write(group.Body);
                Emit(new Instruction(Opcode.Save, (2 * group.Number) + 1));
                break;
            case PatternNode.Repeat repeat:
                WriteRepeat(repeat);
                break;
            case PatternNode.Assertion assertion:
                Emit(new Instruction(assertion.Kind));
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void WriteChoice(PatternNode.Choice choice)
    {
        var ends = new List<int>();
        for (var index = 0; index < choice.Branches.Count; index++)
        {
            if (index == choice.Branches.Count - 1)
            {
                Write(choice.Branches[index]);
                break;
            }
            var split = Emit(default);
            Write(choice.Branches[index]);
            ends.Add(Emit(default));
            program[split] = new Instruction(Opcode.Split, split + 1, program.Count);
        }
        foreach (var end in ends) program[end] = new Instruction(Opcode.Jump, program.Count);
    }

    private void WriteRepeat(PatternNode.Repeat repeat)
    {
        for (var round = 0; round < repeat.Min; round++) WriteBody(repeat);
        if (repeat.Max is not { } max)
        {
            var split = Emit(default);
            WriteBody(repeat);
            Emit(new Instruction(Opcode.Jump, split));
            program[split] = Fork(repeat, split + 1, program.Count);
            return;
        }
        var splits = new List<int>();
        for (var round = repeat.Min; round < max; round++)
        {
            splits.Add(Emit(default));
            WriteBody(repeat);
        }
        foreach (var split in splits) program[split] = Fork(repeat, split + 1, program.Count);
    }

    private void WriteBody(PatternNode.Repeat repeat)
    {
        if (++copies > ScriptLanguage.MaxPatternSize) throw TooLarge();
        if (repeat.EndGroup > repeat.FirstGroup) Emit(new Instruction(Opcode.Forget, repeat.FirstGroup, repeat.EndGroup));
        Write(repeat.Body);
    }

    private static Instruction Fork(PatternNode.Repeat repeat, int body, int end) =>
        repeat.IsGreedy ? new Instruction(Opcode.Split, body, end) : new Instruction(Opcode.Split, end, body);

    private int Emit(Instruction instruction)
    {
        if (program.Count >= ScriptLanguage.MaxPatternSize) throw TooLarge();
        program.Add(instruction);
        return program.Count - 1;
    }

    private static PatternRefusal TooLarge() => new($"a pattern of more than {ScriptLanguage.MaxPatternSize} parts, with its repetitions written out");
}
