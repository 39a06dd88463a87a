using Acornima;
using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

internal sealed class ExpressionCompiler(Compilation compilation)
{
    public Node Compile(Ast.Node node) => node switch
    {
        Ast.Literal literal => Literal(literal),
        Ast.Identifier name => Name(name),
        Ast.ThisExpression => This(),
        Ast.LogicalExpression logical => Logical(logical),
        Ast.BinaryExpression binary => Binary(binary),
        Ast.AssignmentExpression assignment => Assignment(assignment),
        Ast.UpdateExpression update => new UpdateNode(compilation.Targets.Assigned(update.Argument), update.Operator == Operator.Increment ? 1 : -1, update.Prefix),
        Ast.UnaryExpression unary => Unary(unary),
        Ast.ConditionalExpression choice => new ConditionalNode(Compile(choice.Test), Compile(choice.Consequent), Compile(choice.Alternate)),
        Ast.SequenceExpression row => new SequenceNode([.. row.Expressions.ToArray().Select(Compile)]),
        Ast.MemberExpression or Ast.ChainExpression or Ast.CallExpression or Ast.NewExpression => compilation.Members.Compile((Ast.Expression)node),
        Ast.TemplateLiteral template => Template(template),
        Ast.ArrayExpression array => new ArrayLiteralNode(compilation.Members.Arguments(array.Elements.ToArray())),
        Ast.ObjectExpression literal => new ObjectLiteralNode([.. literal.Properties.ToArray().Select(Property)]),
        Ast.FunctionExpression or Ast.ArrowFunctionExpression => Function(node, null),
        _ => throw new SyntaxRefusal(node, SyntaxNames.Of(node)),
    };

    /// <summary>A value that takes the name of what it is assigned to, if it is a function without one.</summary>
    public Node CompileNamed(Ast.Node node, Ast.Node target) =>
        target is Ast.Identifier name && node is Ast.ArrowFunctionExpression or Ast.FunctionExpression { Id: null }
            ? Function(node, ((Ast.Identifier)target).Name)
            : Compile(node);

    public Node Name(Ast.Identifier name)
    {
        var place = Compilation.PlaceOf(name);
        if (compilation.Scope.Find(name.Name, out var hops) is { } binding)
            return binding.Kind == BindingKind.Variable ? new LocalNode(hops, binding.Slot) : new CheckedLocalNode(hops, binding.Slot, name.Name, place);
        if (name.Name == "undefined") return new ConstantNode(Value.Undefined);
        return Global(name.Name, place);
    }

    public GlobalNode Global(string name, Place place)
    {
        if (Library.Refused.Contains(name)) throw new SyntaxRefusal(place, "functions of the library of scripts", $"{name}, which is not available");
        compilation.References.Uses(name);
        return new GlobalNode(compilation.GlobalIndex(name), name, Library.Find(name), place);
    }

    private static Node Literal(Ast.Literal literal)
    {
        switch (literal)
        {
            case Ast.NumericLiteral number: return new ConstantNode(Value.From(number.Value));
            case Ast.StringLiteral text: return new ConstantNode(Value.From(text.Value));
            case Ast.BooleanLiteral truth: return new ConstantNode(Value.From(truth.Value));
            case Ast.NullLiteral: return new ConstantNode(Value.Null);
            case Ast.RegExpLiteral regex: return Regex(regex);
            default: throw new SyntaxRefusal(literal, SyntaxNames.Of(literal));
        }
    }

    private static RegexNode Regex(Ast.RegExpLiteral literal)
    {
        var (source, flags) = (literal.RegExp.Pattern, literal.RegExp.Flags);
        try
        {
            return new RegexNode(Pattern.Parse(source, flags), source, flags);
        }
        catch (PatternRefusal refusal)
        {
            throw new SyntaxRefusal(Compilation.PlaceOf(literal), "a regular expression of the language of scripts", refusal.Message);
        }
    }

    private Node This() =>
        compilation.Scope.Find("this", out var hops) is { } self ? new LocalNode(hops, self.Slot) : new ConstantNode(Value.Undefined);

    /// <summary>Operators in a row lean to the left in the tree; here they become a list.</summary>
    private BinaryNode Binary(Ast.BinaryExpression node)
    {
        var links = new List<(BinaryOperator, Node, Place)>();
        Ast.Expression first = node;
        while (first is Ast.BinaryExpression and not Ast.LogicalExpression)
        {
            var link = (Ast.BinaryExpression)first;
            var operation = Compilation.BinaryOf(link.Operator) ?? throw new SyntaxRefusal(link, $"the operator {link.Operator}");
            links.Add((operation, Compile(link.Right), Compilation.PlaceOf(link.Right)));
            first = link.Left;
        }
        links.Reverse();
        return new BinaryNode(Compile(first), [.. links]);
    }

    private LogicalNode Logical(Ast.LogicalExpression node)
    {
        var links = new List<(LogicalOperator, Node)>();
        Ast.Expression first = node;
        while (first is Ast.LogicalExpression link)
        {
            links.Add((Compilation.LogicalOf(link.Operator)!.Value, Compile(link.Right)));
            first = link.Left;
        }
        links.Reverse();
        return new LogicalNode(Compile(first), [.. links]);
    }

    private Node Assignment(Ast.AssignmentExpression node)
    {
        var target = compilation.Targets.Assigned(node.Left);
        if (node.Operator == Operator.Assignment) return new AssignNode(target, CompileNamed(node.Right, node.Left));
        if (Compilation.LogicalOf(node.Operator) is { } logical) return new LogicalAssignNode(target, logical, CompileNamed(node.Right, node.Left));
        var operation = Compilation.BinaryOf(node.Operator) ?? throw new SyntaxRefusal(node, $"the operator {node.Operator}");
        return new CompoundAssignNode(target, operation, Compile(node.Right));
    }

    private Node Unary(Ast.UnaryExpression node)
    {
        if (node.Operator == Operator.Delete) return Delete(node);
        if (node.Operator == Operator.TypeOf && node.Argument is Ast.Identifier name && name.Name != "undefined" && compilation.Scope.Find(name.Name, out _) is null)
            return new TypeOfGlobalNode(Global(name.Name, Compilation.PlaceOf(name)));
        var operation = node.Operator switch
        {
            Operator.LogicalNot => UnaryOperator.Not,
            Operator.UnaryNegation => UnaryOperator.Negate,
            Operator.UnaryPlus => UnaryOperator.Plus,
            Operator.BitwiseNot => UnaryOperator.BitNot,
            Operator.TypeOf => UnaryOperator.TypeOf,
            Operator.Void => UnaryOperator.Void,
            _ => throw new SyntaxRefusal(node, $"the operator {node.Operator}"),
        };
        return new UnaryNode(operation, Compile(node.Argument));
    }

    private Node Delete(Ast.UnaryExpression node)
    {
        var argument = node.Argument is Ast.ChainExpression chain ? chain.Expression : node.Argument;
        if (argument is not Ast.MemberExpression member)
            return argument is Ast.Identifier ? new ConstantNode(Value.False) : new SequenceNode([Compile(argument), new ConstantNode(Value.True)]);
        compilation.Targets.NoteWrite(member);
        var key = member.Computed ? Compile(member.Property) : new ConstantNode(Value.From(((Ast.Identifier)member.Property).Name));
        var holder = Compile(member.Object);
        return new DeleteNode(member.Optional ? new OptionalNode(holder) : holder, key, Compilation.PlaceOf(node));
    }

    private TemplateNode Template(Ast.TemplateLiteral node) =>
        new([.. node.Quasis.ToArray().Select(static quasi => quasi.Value.Cooked ?? "")], [.. node.Expressions.ToArray().Select(Compile)]);

    private LiteralProperty Property(Ast.Node node)
    {
        if (node is Ast.SpreadElement spread) return new LiteralProperty(null, null, Compile(spread.Argument));
        var property = (Ast.Property)node;
        if (property.Kind is Ast.PropertyKind.Get or Ast.PropertyKind.Set) throw new SyntaxRefusal(node, "a getter or setter");
        if (property.Computed) return new LiteralProperty(null, Compile(property.Key), Compile(property.Value));
        var name = TargetCompiler.FixedName(property.Key);
        if (name == "__proto__" && !property.Shorthand) throw new SyntaxRefusal(node, "__proto__ in an object literal");
        return new LiteralProperty(name, null, CompileNamed(property.Value, new Ast.Identifier(name)));
    }

    private FunctionNode Function(Ast.Node node, string? name)
    {
        var function = (Ast.IFunction)node;
        return new FunctionNode(compilation.Functions.Compile(function, function.Id?.Name ?? name ?? ""));
    }
}

/// <summary>The left of an optional link, outside of the usual links.</summary>
internal sealed class OptionalNode(Node holder) : Node
{
    public override Value Evaluate(Evaluation run, Scope scope)
    {
        var value = holder.Evaluate(run, scope);
        return value.IsNullish ? Value.Unset : value;
    }
}
