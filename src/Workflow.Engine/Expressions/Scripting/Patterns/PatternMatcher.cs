namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// Runs a pattern over a text: all ways to match advance together, one character at a time, ordered by preference (Thompson's and
/// Pike's construction). There are never more threads than instructions, so nothing is tried twice.
/// </summary>
internal sealed class PatternMatcher
{
    private readonly Evaluation run;
    private readonly Pattern pattern;
    private readonly int positions;
    private readonly Stack<Pending> open = new();
    private readonly int[] current;
    private Threads now;
    private Threads next;
    private string text = "";
    private long work;

    public PatternMatcher(Evaluation run, Pattern pattern)
    {
        this.run = run;
        this.pattern = pattern;
        positions = pattern.Groups * 2;
        run.Meter.Allocate(500 + (pattern.Program.Length * ((8L * positions) + 64)));
        run.Meter.Work(pattern.Program.Length);
        now = new Threads(pattern.Program.Length, positions);
        next = new Threads(pattern.Program.Length, positions);
        current = new int[positions];
    }

    public PatternMatch? Match(string subject, int start, bool sticky)
    {
        (text, work) = (subject, 0);
        now.Clear();
        int[]? found = null;
        var anchored = sticky || pattern.Start.IsAtTextStart;
        if (pattern.Start.IsAtTextStart && start > 0) return null;
        for (var at = start; ; at += LengthAt(at))
        {
            if (now.Count == 0)
            {
                if (found is not null || (anchored && at > start)) break;
                at = Skip(at);
                if (at < 0) break;
                now.Clear();
            }
            if (found is null && (!anchored || at == start)) Begin(at);
            found = Advance(at) ?? found;
            Pay();
            if (at >= text.Length) break;
            (now, next) = (next, now);
        }
        Pay();
        if (found is null) return null;
        run.Meter.Allocate(48 + (4L * positions));
        return new PatternMatch(pattern, found);
    }

    /// <summary>Passes over what cannot start a match.</summary>
    private int Skip(int at)
    {
        if (pattern.Start.FirstLetter is not { } letter || at > text.Length) return at;
        var skipped = text.AsSpan(at).IndexOf(letter);
        run.Meter.Characters(skipped < 0 ? text.Length - at : skipped);
        return skipped < 0 ? -1 : at + skipped;
    }

    private void Begin(int at)
    {
        Array.Fill(current, -1);
        Add(now, 0, at);
    }

    /// <summary>Moves all threads over one character.</summary>
    /// <returns>The positions of a match that ends here, which is preferred to all threads after it.</returns>
    private int[]? Advance(int at)
    {
        next.Clear();
        var letter = at < text.Length ? CodePointAt(at) : -1;
        for (var index = 0; index < now.Count; index++)
        {
            var place = now[index];
            var instruction = pattern.Program[place];
            work++;
            if (instruction.Code == Opcode.Match)
            {
                work += positions;
                run.Meter.Allocate(24 + (4L * positions));
                return now.PositionsOf(place).ToArray();
            }
            if (instruction.Code != Opcode.One || letter < 0) continue;
            work += instruction.Y;
            if (!instruction.Set!.Contains(letter, instruction.X == 1)) continue;
            now.PositionsOf(place).CopyTo(current);
            Add(next, place + 1, at + LengthAt(at));
        }
        return null;
    }

    /// <summary>Follows an instruction up to those that read a character, in order of preference.</summary>
    private void Add(Threads threads, int first, int at)
    {
        open.Push(new Pending(first, -1, 0));
        while (open.TryPop(out var pending))
        {
            if (pending.Restore >= 0)
            {
                current[pending.Restore] = pending.Before;
                continue;
            }
            work += 2;
            if (!threads.TryEnter(pending.Place)) continue;
            var instruction = pattern.Program[pending.Place];
            switch (instruction.Code)
            {
                case Opcode.Jump:
                    open.Push(new Pending(instruction.X, -1, 0));
                    break;
                case Opcode.Split:
                    open.Push(new Pending(instruction.Y, -1, 0));
                    open.Push(new Pending(instruction.X, -1, 0));
                    break;
                case Opcode.Save:
                    Set(instruction.X, at);
                    open.Push(new Pending(pending.Place + 1, -1, 0));
                    break;
                case Opcode.Forget:
                    for (var position = 2 * instruction.X; position < 2 * instruction.Y; position++) Set(position, -1);
                    open.Push(new Pending(pending.Place + 1, -1, 0));
                    break;
                case Opcode.One or Opcode.Match:
                    work += positions >> 2;
                    threads.Add(pending.Place, current);
                    break;
                default:
                    if (Holds(instruction.Code, at)) open.Push(new Pending(pending.Place + 1, -1, 0));
                    break;
            }
        }
    }

    private void Set(int position, int value)
    {
        work++;
        open.Push(new Pending(0, position, current[position]));
        current[position] = value;
    }

    private bool Holds(Opcode assertion, int at) => assertion switch
    {
        Opcode.TextStart => at == 0,
        Opcode.TextEnd => at == text.Length,
        Opcode.LineStart => at == 0 || Whitespace.IsLineEnd(text[at - 1]),
        Opcode.LineEnd => at == text.Length || Whitespace.IsLineEnd(text[at]),
        Opcode.WordBoundary => IsWord(at - 1) != IsWord(at),
        _ => IsWord(at - 1) == IsWord(at),
    };

    private bool IsWord(int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');

    private int CodePointAt(int at) => LengthAt(at) == 2 ? char.ConvertToUtf32(text[at], text[at + 1]) : text[at];

    private int LengthAt(int at) =>
        pattern.IsUnicode && at + 1 < text.Length && char.IsHighSurrogate(text[at]) && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    private void Pay()
    {
        run.Meter.Work(1 + (work >> 2));
        work = 0;
    }

    private readonly record struct Pending(int Place, int Restore, int Before);

    /// <summary>A list of threads, each at an instruction of its own with the groups it has found.</summary>
    private sealed class Threads(int size, int positions)
    {
        private readonly int[] places = new int[size];
        private readonly int[] visits = new int[size];
        private readonly int[] groups = new int[size * positions];
        private int visit;

        public int Count { get; private set; }

        public int this[int index] => places[index];

        public Span<int> PositionsOf(int place) => groups.AsSpan(place * positions, positions);

        public void Clear()
        {
            Count = 0;
            visit++;
        }

        public bool TryEnter(int place)
        {
            if (visits[place] == visit) return false;
            visits[place] = visit;
            return true;
        }

        public void Add(int place, int[] found)
        {
            found.CopyTo(PositionsOf(place));
            places[Count++] = place;
        }
    }
}
