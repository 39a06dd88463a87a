using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Part of a script that is not in the supported language. Becomes the <see cref="ScriptProblem"/> that refuses the script.</summary>
internal sealed class SyntaxRefusal(Place place, string expected, string found) : Exception
{
    public SyntaxRefusal(Ast.Node node, string found)
        : this(Compilation.PlaceOf(node), "the language of scripts", $"{found}, which is not supported")
    {
    }

    public ScriptProblem Problem { get; } = new(place.Line, place.Column, expected, found);
}
