using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Compiles members, calls and chains of them.</summary>
internal sealed class MemberCompiler(Compilation compilation)
{
    public Node Compile(Ast.Expression node) => node switch
    {
        Ast.ChainExpression chain => new ChainNode(compilation.Expressions.Compile(chain.Expression)),
        Ast.MemberExpression member => Member(member),
        Ast.CallExpression call => Call(call),
        Ast.NewExpression made => new NewNode(Callee(made.Callee), Show(made.Callee), Arguments(made.Arguments.ToArray()), Compilation.PlaceOf(made)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public ArgumentNodes Arguments(Ast.Expression?[] nodes) =>
        new([.. nodes.Select(Argument)], nodes.Any(static node => node is Ast.SpreadElement));

    private Node? Argument(Ast.Expression? node) => node switch
    {
        null => null,
        Ast.SpreadElement spread => new SpreadNode(compilation.Expressions.Compile(spread.Argument)),
        _ => compilation.Expressions.Compile(node),
    };

    private LinkNode Member(Ast.MemberExpression node)
    {
        if (node.Property is Ast.PrivateIdentifier) throw new SyntaxRefusal(node, "a private name");
        var place = Compilation.PlaceOf(node.Property);
        if (compilation.Targets.VariableName(node) is { } variable) compilation.References.ReadsVariable(variable);
        var holder = compilation.Expressions.Compile(node.Object);
        return node.Computed
            ? new IndexedMemberNode(holder, compilation.Expressions.Compile(node.Property), node.Optional, place)
            : new NamedMemberNode(holder, ((Ast.Identifier)node.Property).Name, node.Optional, place);
    }

    private CallNode Call(Ast.CallExpression node)
    {
        if (node.Callee is Ast.Identifier name && node.Arguments.Count > 0 && node.Arguments[0] is Ast.StringLiteral text && compilation.Scope.Find(name.Name, out _) is null)
            compilation.References.Calls(name.Name, text.Value);
        return new CallNode(Callee(node.Callee), Show(node.Callee), Arguments(node.Arguments.ToArray()), node.Optional, Compilation.PlaceOf(node));
    }

    private Node Callee(Ast.Expression callee) => compilation.Expressions.Compile(callee);

    /// <summary>A callee as an error message names it.</summary>
    private static string Show(Ast.Node node) => node switch
    {
        Ast.Identifier name => name.Name,
        Ast.MemberExpression { Computed: false } member => $"{ShowHolder(member.Object)}.{((Ast.Identifier)member.Property).Name}",
        Ast.MemberExpression member => $"{ShowHolder(member.Object)}[...]",
        Ast.ChainExpression chain => Show(chain.Expression),
        _ => "(intermediate value)",
    };

    private static string ShowHolder(Ast.Node node) => node switch
    {
        Ast.Identifier name => name.Name,
        Ast.MemberExpression { Computed: false, Object: Ast.Identifier holder, Property: Ast.Identifier name } => $"{holder.Name}.{name.Name}",
        _ => "(intermediate value)",
    };
}
