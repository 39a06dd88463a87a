using System.Runtime.CompilerServices;
using Acornima;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>
/// A script in JavaScript, parsed and compiled. Immutable: parsed once with the definition that holds it, and evaluated by any number of
/// threads at once. See docs/javascript.md for the language, <see cref="ScriptLanguage"/> for how large a script may be, and <see cref="ScriptLimits"/> for what it may use.
/// </summary>
public sealed class Script
{
    private readonly FunctionCode code;
    private readonly int globals;

    private Script(string source, FunctionCode code, int globals, ScriptReferences references)
    {
        Source = source;
        this.code = code;
        this.globals = globals;
        References = references;
    }

    public string Source { get; }

    /// <summary>The names that the script mentions, for whoever checks a definition.</summary>
    public ScriptReferences References { get; }

    /// <returns>The script, or null with <paramref name="problem"/> set.</returns>
    public static Script? Parse(string source, out ScriptProblem? problem)
    {
        problem = null;
        try
        {
            if (source.Length > ScriptLanguage.MaxSourceLength) throw new SyntaxRefusal(new Place(1, 1), $"at most {ScriptLanguage.MaxSourceLength} characters", $"{source.Length}");
            var tree = new Parser(Options()).ParseScript(source);
            var compilation = new Compilation(source, new Survey(tree));
            var code = compilation.Functions.Script(tree);
            return new Script(source, code, compilation.Globals, compilation.References.ToReferences());
        }
        catch (SyntaxRefusal refusal)
        {
            problem = refusal.Problem;
        }
        catch (ParseErrorException error)
        {
            problem = new ScriptProblem(error.LineNumber, error.Column + 1, "a script in JavaScript", error.Description);
        }
        catch (InsufficientExecutionStackException)
        {
            problem = new ScriptProblem(1, 1, $"at most {ScriptLanguage.MaxNesting} constructs within each other", "more");
        }
        return null;
    }

    /// <summary>Evaluates the script. When it succeeds, what it wrote is handed to the host; when it does not, nothing is.</summary>
    /// <param name="mustStop">Asked every few hundred steps whether the time that this machine gives is used up; null never stops.</param>
    /// <exception cref="ScriptErrorException">The script failed.</exception>
    /// <exception cref="ScriptLimitException">The script reached a limit.</exception>
    /// <exception cref="ScriptHardStopException">The machine stopped it; decide nothing from this.</exception>
    public ScriptResult Evaluate(ScriptHost host, ScriptLimits limits, Func<bool>? mustStop = null)
    {
        var run = new Evaluation(host, limits, mustStop, globals);
        try
        {
            run.Meter.Enter(code.Height);
            var scope = Scope.New(run, code.Slots, null);
            var value = code.Body!.Execute(run, scope) == Completion.Return ? run.Returned : run.Completion;
            var result = JsonValues.ToJson(run, value);
            run.Apply();
            return new ScriptResult(result, run.Meter.Steps, run.Meter.Bytes);
        }
        catch (ScriptThrow thrown)
        {
            throw thrown.ToError(run);
        }
    }

    private static ParserOptions Options()
    {
        var depth = 0;
        return new ParserOptions
        {
            EcmaVersion = EcmaVersion.ES2023,
            AllowReturnOutsideFunction = true,
            OnRegExp = static (in RegExpParsingContext _) => default,
            OnToken = (in Token token) =>
            {
                if (token.Kind == TokenKind.Punctuator) depth += Nesting(token.Value as string);
                if (depth > ScriptLanguage.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
                    throw new SyntaxRefusal(new Place(token.Location.Start.Line, token.Location.Start.Column + 1), $"at most {ScriptLanguage.MaxNesting} brackets within each other", "more");
            },
        };
    }

    private static int Nesting(string? text) => text switch
    {
        "(" or "[" or "{" or "${" => 1,
        ")" or "]" or "}" => -1,
        _ => 0,
    };
}
