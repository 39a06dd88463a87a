using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

internal sealed class FunctionCompiler(Compilation compilation)
{
    public FunctionCode Compile(Ast.IFunction function, string name)
    {
        if (function.Async || function.Generator) throw new SyntaxRefusal((Ast.Node)function, SyntaxNames.Of((Ast.Node)function));
        var code = new FunctionCode(name, function is Ast.ArrowFunctionExpression, compilation.Survey.HeightOf((Ast.Node)function));
        code.Source = compilation.Source.AsMemory()[((Ast.Node)function).Start..((Ast.Node)function).End];
        compilation.Within(true, code, scope => Fill(code, function, scope));
        return code;
    }

    /// <summary>Compiles a whole script, which is a function without parameters.</summary>
    public FunctionCode Script(Ast.Script script)
    {
        var code = new FunctionCode("", false, compilation.Survey.HeightOf(script));
        foreach (var name in Declarations.VarNames(script.Body.ToArray())) compilation.Scope.Declare(name, BindingKind.Variable);
        code.Body = compilation.Statements.Body(compilation.Scope, script.Body.ToArray(), makesScope: false);
        code.Slots = compilation.Scope.Frame.Slots;
        return code;
    }

    private FunctionCode Fill(FunctionCode code, Ast.IFunction function, LexicalScope scope)
    {
        var parameters = function.Params.ToArray();
        foreach (var name in parameters.SelectMany(Declarations.NamesOf)) scope.Declare(name, BindingKind.Variable);
        if (function.Body is Ast.FunctionBody block)
            foreach (var name in Declarations.VarNames(block.Body.ToArray())) scope.Declare(name, BindingKind.Variable);
        if (function is Ast.FunctionExpression { Id: { } own } && !scope.Has(own.Name)) code.NameSlot = scope.Declare(own.Name, BindingKind.Variable).Slot;

        if (function.Body is Ast.FunctionBody body) Statements(code, parameters, body, scope);
        else
        {
            Parameters(code, parameters, scope);
            code.Result = compilation.Expressions.Compile(function.Body);
        }
        code.Slots = scope.Frame.Slots;
        return code;
    }

    private void Statements(FunctionCode code, Ast.Node[] parameters, Ast.FunctionBody body, LexicalScope scope)
    {
        Parameters(code, parameters, scope);
        code.Body = compilation.Statements.Body(scope, body.Body.ToArray(), makesScope: false);
    }

    private void Parameters(FunctionCode code, Ast.Node[] nodes, LexicalScope scope)
    {
        var firstOptional = Array.FindIndex(nodes, static node => node is Ast.AssignmentPattern or Ast.RestElement);
        code.Length = firstOptional < 0 ? nodes.Length : firstOptional;
        if (nodes.All(static node => node is Ast.Identifier))
        {
            code.PlainParameters = [.. nodes.Select(node => scope.Declare(((Ast.Identifier)node).Name, BindingKind.Variable).Slot)];
            return;
        }
        code.Parameters = [.. nodes.Select(node => node is Ast.RestElement rest
            ? new Parameter(compilation.Targets.Part(rest.Argument, true), true)
            : new Parameter(compilation.Targets.Part(node, true), false))];
    }
}
