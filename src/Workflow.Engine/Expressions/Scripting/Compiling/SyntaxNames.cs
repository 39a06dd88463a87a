using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What people call the parts of the language that scripts do not have.</summary>
internal static class SyntaxNames
{
    public static string Of(Ast.Node node) => node switch
    {
        Ast.IClass => "a class",
        Ast.AwaitExpression => "await",
        Ast.YieldExpression => "yield",
        Ast.TaggedTemplateExpression => "a tagged template",
        Ast.BigIntLiteral => "a BigInt",
        Ast.ImportExpression or Ast.ImportDeclaration => "import",
        Ast.ExportDeclaration => "export",
        Ast.WithStatement => "with",
        Ast.Super => "super",
        Ast.MetaProperty => "a meta property such as new.target",
        Ast.DebuggerStatement => "debugger",
        Ast.PrivateIdentifier => "a private name",
        Ast.VariableDeclaration => "using",
        Ast.IFunction { Async: true } => "async",
        Ast.IFunction { Generator: true } => "a generator",
        _ => $"a construct of type {node.Type}",
    };
}
