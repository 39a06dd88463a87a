using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Compiles what stands on the left of assignments, in declarations and in parameters.</summary>
internal sealed class TargetCompiler(Compilation compilation)
{
    /// <summary>The name of a property that is not computed.</summary>
    public static string FixedName(Ast.Expression key) => key switch
    {
        Ast.Identifier name => name.Name,
        Ast.StringLiteral text => text.Value,
        Ast.NumericLiteral number => NumberText.Format(number.Value),
        _ => throw new SyntaxRefusal(key, SyntaxNames.Of(key)),
    };

    /// <summary>A target that a declaration gives its first value.</summary>
    public Target Declared(Ast.Node node) => Compile(node, isDeclaration: true);

    /// <summary>A target of an assignment.</summary>
    public Target Assigned(Ast.Node node) => Compile(node, isDeclaration: false);

    /// <summary>X, when the node is <c>variables.X</c> or <c>variables['X']</c>.</summary>
    public string? VariableName(Ast.MemberExpression node)
    {
        if (node.Object is not Ast.Identifier { Name: "variables" } || compilation.Scope.Find("variables", out _) is not null) return null;
        if (!node.Computed) return (node.Property as Ast.Identifier)?.Name;
        return (node.Property as Ast.StringLiteral)?.Value;
    }

    /// <summary>Notes that a variable is written, at its root or deeper.</summary>
    public void NoteWrite(Ast.MemberExpression node)
    {
        for (Ast.Node? link = node; link is Ast.MemberExpression member; link = member.Object)
            if (VariableName(member) is { } variable) compilation.References.WritesVariable(variable);
    }

    public PatternPart Part(Ast.Node node, bool isDeclaration) =>
        node is Ast.AssignmentPattern part
            ? new PatternPart(Compile(part.Left, isDeclaration), compilation.Expressions.CompileNamed(part.Right, part.Left))
            : new PatternPart(Compile(node, isDeclaration), null);

    private Target Compile(Ast.Node node, bool isDeclaration) => node switch
    {
        Ast.Identifier name => Name(name, isDeclaration),
        Ast.MemberExpression member => Member(member),
        Ast.ArrayPattern array => Array(array, isDeclaration),
        Ast.ObjectPattern map => Object(map, isDeclaration),
        _ => throw new SyntaxRefusal(node, SyntaxNames.Of(node)),
    };

    private Target Name(Ast.Identifier name, bool isDeclaration)
    {
        var read = compilation.Scope.Find(name.Name, out var hops) is null ? AssignedGlobal(name) : compilation.Expressions.Name(name);
        if (compilation.Scope.Find(name.Name, out hops) is not { } binding) return new GlobalTarget(compilation.GlobalIndex(name.Name), read);
        if (isDeclaration || binding.Kind == BindingKind.Variable) return new LocalTarget(hops, binding.Slot, read);
        return binding.Kind == BindingKind.Constant
            ? new ConstantTarget(read, Compilation.PlaceOf(name))
            : new CheckedLocalTarget(hops, binding.Slot, read);
    }

    private GlobalNode AssignedGlobal(Ast.Identifier name)
    {
        if (Library.Reserved.Contains(name.Name)) throw new SyntaxRefusal(Compilation.PlaceOf(name), "a name of your own", $"an assignment to {name.Name}");
        compilation.References.Assigns(name.Name);
        return compilation.Expressions.Global(name.Name, Compilation.PlaceOf(name));
    }

    private Target Member(Ast.MemberExpression node)
    {
        if (node.Property is Ast.PrivateIdentifier) throw new SyntaxRefusal(node, "a private name");
        NoteWrite(node);
        var place = Compilation.PlaceOf(node.Property);
        var holder = compilation.Expressions.Compile(node.Object);
        return node.Computed
            ? new IndexedMemberTarget(holder, compilation.Expressions.Compile(node.Property), place)
            : new NamedMemberTarget(holder, ((Ast.Identifier)node.Property).Name, place);
    }

    private ArrayPattern Array(Ast.ArrayPattern pattern, bool isDeclaration)
    {
        var parts = new List<PatternPart?>();
        Target? rest = null;
        foreach (var element in pattern.Elements)
        {
            if (element is Ast.RestElement last) rest = Compile(last.Argument, isDeclaration);
            else parts.Add(element is null ? null : Part(element, isDeclaration));
        }
        return new ArrayPattern([.. parts], rest, Compilation.PlaceOf(pattern));
    }

    private ObjectPattern Object(Ast.ObjectPattern pattern, bool isDeclaration)
    {
        var properties = new List<PatternProperty>();
        Target? rest = null;
        foreach (var element in pattern.Properties)
        {
            if (element is Ast.RestElement last)
            {
                rest = Compile(last.Argument, isDeclaration);
                continue;
            }
            var property = (Ast.Property)element;
            var key = property.Computed ? compilation.Expressions.Compile(property.Key) : null;
            properties.Add(new PatternProperty(key is null ? FixedName(property.Key) : null, key, Part(property.Value, isDeclaration)));
        }
        return new ObjectPattern([.. properties], rest, Compilation.PlaceOf(pattern));
    }
}
