using Acornima.Ast;
using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

internal sealed class StatementCompiler(Compilation compilation)
{
    public Statement Compile(Ast.Node node) => Compile(node, []);

    /// <param name="labels">The labels that stand before the statement.</param>
    public Statement Compile(Ast.Node node, string[] labels) => node switch
    {
        Ast.ExpressionStatement statement => Expression(statement),
        Ast.VariableDeclaration declaration => Declaration(declaration),
        Ast.FunctionDeclaration or Ast.EmptyStatement => EmptyStatement.Instance,
        Ast.BlockStatement block => Block(block),
        Ast.IfStatement choice => Clearing(If(choice)),
        Ast.SwitchStatement choice => Clearing(Switch(choice)),
        Ast.TryStatement attempt => Clearing(Try(attempt)),
        Ast.ThrowStatement thrown => new ThrowStatement(compilation.Expressions.Compile(thrown.Argument), Compilation.PlaceOf(thrown)),
        Ast.ReturnStatement result => new ReturnStatement(result.Argument is null ? null : compilation.Expressions.Compile(result.Argument)),
        Ast.BreakStatement jump => new JumpStatement(Completion.Break, jump.Label?.Name),
        Ast.ContinueStatement jump => new JumpStatement(Completion.Continue, jump.Label?.Name),
        Ast.LabeledStatement { Body: Ast.FunctionDeclaration } => throw new SyntaxRefusal(node, "a function with a label"),
        Ast.LabeledStatement labeled => new LabeledStatement(labeled.Label.Name, Compile(labeled.Body, [.. labels, labeled.Label.Name])),
        Ast.ForStatement or Ast.ForInStatement or Ast.ForOfStatement or Ast.WhileStatement or Ast.DoWhileStatement =>
            Clearing(compilation.Loops.Compile((Ast.Statement)node, labels)),
        _ => throw new SyntaxRefusal(node, SyntaxNames.Of(node)),
    };

    public BlockStatement Block(Ast.BlockStatement block) =>
        compilation.Within(compilation.Survey.HoldsFunctions(block), null, scope => Body(scope, block.Body.ToArray(), scope.OwnsFrame));

    /// <summary>Statements whose names belong to the scope being compiled.</summary>
    public BlockStatement Body(LexicalScope scope, Ast.Statement[] statements, bool makesScope)
    {
        var entry = Entry(scope, statements, out var functions);
        Statement[] body = [.. statements.Where(static statement => statement is not Ast.FunctionDeclaration).Select(Compile)];
        return new BlockStatement(Finish(scope, entry, functions, makesScope), body);
    }

    /// <summary>Declares the names of a block. Names that need a check before use come in a row.</summary>
    public static (int First, int Count) Entry(LexicalScope scope, IEnumerable<Ast.Node?> statements, out Ast.FunctionDeclaration[] functions)
    {
        var all = statements.ToArray();
        var first = scope.Frame.Slots;
        foreach (var (name, kind) in Declarations.LexicalNames(all)) scope.Declare(name, kind);
        var count = scope.Frame.Slots - first;
        functions = [.. all.OfType<Ast.FunctionDeclaration>()];
        foreach (var function in functions) scope.Declare(function.Id!.Name, BindingKind.Variable);
        return (first, count);
    }

    /// <summary>Compiled last, when it is known how many slots the scope needs.</summary>
    public BlockEntry Finish(LexicalScope scope, (int First, int Count) entry, Ast.FunctionDeclaration[] functions, bool makesScope)
    {
        (int, FunctionCode)[] made =
        [
            .. from function in functions
               let name = function.Id!.Name
               select (scope.Declare(name, BindingKind.Variable).Slot, compilation.Functions.Compile(function, name)),
        ];
        return new BlockEntry(makesScope ? scope.Frame.Slots : null, entry.First, entry.Count, made);
    }

    public Statement Declaration(Ast.VariableDeclaration declaration)
    {
        if (declaration.Kind is VariableDeclarationKind.Using or VariableDeclarationKind.AwaitUsing) throw new SyntaxRefusal(declaration, "using");
        var parts = new List<(Target, Node?)>();
        foreach (var part in declaration.Declarations)
        {
            if (part.Init is null && declaration.Kind == VariableDeclarationKind.Var) continue;
            parts.Add((compilation.Targets.Declared(part.Id), part.Init is null ? null : compilation.Expressions.CompileNamed(part.Init, part.Id)));
        }
        return parts.Count == 0 ? EmptyStatement.Instance : new DeclarationStatement([.. parts]);
    }

    private Statement Clearing(Statement statement) => compilation.IsScriptLevel ? new ClearingStatement(statement) : statement;

    private Statement Expression(Ast.ExpressionStatement statement)
    {
        var expression = compilation.Expressions.Compile(statement.Expression);
        return compilation.IsScriptLevel ? new ResultStatement(expression) : new ExpressionStatement(expression);
    }

    private IfStatement If(Ast.IfStatement choice) =>
        new(compilation.Expressions.Compile(choice.Test), Branch(choice.Consequent), choice.Alternate is null ? null : Branch(choice.Alternate));

    /// <summary>A branch that is a function declaration by itself, as old scripts have it, is a block of its own.</summary>
    private Statement Branch(Ast.Statement branch) =>
        branch is Ast.FunctionDeclaration ? throw new SyntaxRefusal(branch, "a function declared as the branch of an if, without a block") : Compile(branch);

    private SwitchStatement Switch(Ast.SwitchStatement choice)
    {
        var subject = compilation.Expressions.Compile(choice.Discriminant);
        return compilation.Within(compilation.Survey.HoldsFunctions(choice), null, scope =>
        {
            var entry = Entry(scope, choice.Cases.ToArray().SelectMany(static item => item.Consequent.ToArray()), out var functions);
            var cases = new List<(Node?, int)>();
            var body = new List<Statement>();
            foreach (var item in choice.Cases)
            {
                cases.Add((item.Test is null ? null : compilation.Expressions.Compile(item.Test), body.Count));
                body.AddRange(item.Consequent.ToArray().Select(Compile));
            }
            return new SwitchStatement(Finish(scope, entry, functions, scope.OwnsFrame), subject, [.. cases], [.. body]);
        });
    }

    private TryStatement Try(Ast.TryStatement attempt)
    {
        var handler = attempt.Handler is null ? null : Catch(attempt.Handler);
        return new TryStatement(Block(attempt.Block), handler, attempt.Finalizer is null ? null : Block(attempt.Finalizer));
    }

    private CatchPart Catch(Ast.CatchClause clause) =>
        compilation.Within(compilation.Survey.HoldsFunctions(clause), null, scope =>
        {
            var first = scope.Frame.Slots;
            foreach (var name in clause.Param is null ? [] : Declarations.NamesOf(clause.Param)) scope.Declare(name, BindingKind.Let);
            var entry = (first, scope.Frame.Slots - first);
            var parameter = clause.Param is null ? null : compilation.Targets.Declared(clause.Param);
            var body = Block(clause.Body);
            return new CatchPart(Finish(scope, entry, [], scope.OwnsFrame), parameter, body, compilation.IsScriptLevel);
        });
}
