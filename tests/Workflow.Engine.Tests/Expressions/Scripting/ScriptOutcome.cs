using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Tests.Expressions.Scripting;

/// <summary>How a script ended, as text that tests compare: JSON, "undefined", "!error", "refused" or the name of a limit.</summary>
internal sealed record ScriptOutcome(string Text, long Steps, long Bytes)
{
    private const int SmallStack = 512 * 1024;

    public static ScriptOutcome Of(string source, ScriptHost? host = null, ScriptLimits? limits = null)
    {
        limits ??= ScriptLimits.Default;
        if (Script.Parse(source, out var problem) is not { } script) return new ScriptOutcome($"refused: {problem}", 0, 0);
        try
        {
            var result = script.Evaluate(host ?? new FakeScriptHost(), limits);
            return new ScriptOutcome(result.Value?.GetRawText() ?? "undefined", result.Steps, result.Bytes);
        }
        catch (ScriptErrorException error)
        {
            return new ScriptOutcome("!" + error.Error, 0, 0);
        }
        catch (ScriptLimitException limit)
        {
            return new ScriptOutcome(limit.Limit, limit.Steps, 0);
        }
    }

    /// <summary>Runs the script where the stack is small, and counts what the thread really allocates.</summary>
    public static (ScriptOutcome Outcome, long Allocated) OnSmallStack(string source)
    {
        (ScriptOutcome, long)? ended = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    ended = (Of(source), GC.GetAllocatedBytesForCurrentThread() - before);
                }
                catch (Exception problem)
                {
                    failure = problem;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        return ended ?? throw new InvalidOperationException("The script escaped.", failure);
    }
}
