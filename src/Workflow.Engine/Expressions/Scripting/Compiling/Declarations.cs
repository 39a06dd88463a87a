using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Which names parts of a script declare.</summary>
internal static class Declarations
{
    /// <summary>The names of a target: a name, or those within a pattern.</summary>
    public static IEnumerable<string> NamesOf(Ast.Node target) => target switch
    {
        Ast.Identifier name => [name.Name],
        Ast.AssignmentPattern part => NamesOf(part.Left),
        Ast.RestElement rest => NamesOf(rest.Argument),
        Ast.ArrayPattern array => array.Elements.ToArray().Where(static element => element is not null).SelectMany(static element => NamesOf(element!)),
        Ast.ObjectPattern map => map.Properties.ToArray().SelectMany(static property => NamesOf(property is Ast.Property pair ? pair.Value : property)),
        _ => [],
    };

    /// <summary>Names that var declares anywhere in these statements, functions within excepted.</summary>
    public static IEnumerable<string> VarNames(IEnumerable<Ast.Node> statements)
    {
        var open = new Stack<Ast.Node>(statements.Reverse());
        while (open.TryPop(out var node))
        {
            if (node is Ast.IFunction or Ast.Expression) continue;
            if (node is Ast.VariableDeclaration { Kind: Ast.VariableDeclarationKind.Var } variables)
                foreach (var name in variables.Declarations.ToArray().SelectMany(static declaration => NamesOf(declaration.Id))) yield return name;
            foreach (var child in node.ChildNodes)
                if (child is not null) open.Push(child);
        }
    }

    /// <summary>Names that let and const declare in this block itself.</summary>
    public static IEnumerable<(string Name, BindingKind Kind)> LexicalNames(IEnumerable<Ast.Node?> statements) =>
        from declaration in statements.OfType<Ast.VariableDeclaration>()
        where declaration.Kind != Ast.VariableDeclarationKind.Var
        let kind = declaration.Kind == Ast.VariableDeclarationKind.Const ? BindingKind.Constant : BindingKind.Let
        from declarator in declaration.Declarations.ToArray()
        from name in NamesOf(declarator.Id)
        select (name, kind);
}
