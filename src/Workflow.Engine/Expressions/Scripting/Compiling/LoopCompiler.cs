using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

internal sealed class LoopCompiler(Compilation compilation)
{
    public Statement Compile(Ast.Statement node, string[] labels) => node switch
    {
        Ast.WhileStatement loop => new WhileStatement(labels, Expression(loop.Test), compilation.Statements.Compile(loop.Body), testsFirst: true),
        Ast.DoWhileStatement loop => new WhileStatement(labels, Expression(loop.Test), compilation.Statements.Compile(loop.Body), testsFirst: false),
        Ast.ForStatement loop => For(loop, labels),
        Ast.ForInStatement loop => ForEach(loop, loop.Left, loop.Right, loop.Body, true, labels),
        Ast.ForOfStatement { Await: true } => throw new SyntaxRefusal(node, "for await"),
        Ast.ForOfStatement loop => ForEach(loop, loop.Left, loop.Right, loop.Body, false, labels),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private ForStatement For(Ast.ForStatement loop, string[] labels) =>
        compilation.Within(compilation.Survey.HoldsFunctions(loop), null, scope =>
        {
            var entry = StatementCompiler.Entry(scope, [loop.Init], out _);
            var start = loop.Init switch
            {
                null => null,
                Ast.VariableDeclaration declaration => compilation.Statements.Declaration(declaration),
                var expression => new ExpressionStatement(Expression(expression)),
            };
            var test = loop.Test is null ? null : Expression(loop.Test);
            var update = loop.Update is null ? null : Expression(loop.Update);
            var body = compilation.Statements.Compile(loop.Body);
            var made = compilation.Statements.Finish(scope, entry, [], scope.OwnsFrame);
            return new ForStatement(labels, made, scope.OwnsFrame && entry.Count > 0, start, test, update, body);
        });

    private ForEachStatement ForEach(Ast.Statement loop, Ast.Node left, Ast.Expression right, Ast.Statement body, bool overNames, string[] labels)
    {
        var subject = Expression(right);
        return compilation.Within(compilation.Survey.HoldsFunctions(loop), null, scope =>
        {
            var declaration = left as Ast.VariableDeclaration;
            if (declaration?.Declarations[0].Init is not null) throw new SyntaxRefusal(left, "a first value in for-in");
            var entry = StatementCompiler.Entry(scope, [declaration], out _);
            var target = declaration is null ? compilation.Targets.Assigned(left) : compilation.Targets.Declared(declaration.Declarations[0].Id);
            var round = compilation.Statements.Compile(body);
            var made = compilation.Statements.Finish(scope, entry, [], scope.OwnsFrame);
            return new ForEachStatement(labels, made, target, subject, overNames, round, Compilation.PlaceOf(right));
        });
    }

    private Node Expression(Ast.Node node) => compilation.Expressions.Compile(node);
}
