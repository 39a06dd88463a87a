using Acornima;
using Ast = Acornima.Ast;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>What the compilers of expressions, statements and functions share while one script is compiled.</summary>
internal sealed class Compilation
{
    private readonly Dictionary<string, int> globals = new(StringComparer.Ordinal);

    public Compilation(string source, Survey survey)
    {
        Source = source;
        Survey = survey;
        Expressions = new ExpressionCompiler(this);
        Members = new MemberCompiler(this);
        Targets = new TargetCompiler(this);
        Statements = new StatementCompiler(this);
        Loops = new LoopCompiler(this);
        Functions = new FunctionCompiler(this);
    }

    public string Source { get; }

    public Survey Survey { get; }

    public ExpressionCompiler Expressions { get; }

    public MemberCompiler Members { get; }

    public TargetCompiler Targets { get; }

    public StatementCompiler Statements { get; }

    public LoopCompiler Loops { get; }

    public FunctionCompiler Functions { get; }

    public ReferenceCollection References { get; } = new();

    /// <summary>The scope being compiled.</summary>
    public LexicalScope Scope { get; private set; } = new(null, true, null);

    public int Globals => globals.Count;

    /// <summary>Whether the statements being compiled are those of the script itself, which give its result.</summary>
    public bool IsScriptLevel
    {
        get
        {
            for (var scope = Scope; scope is not null; scope = scope.Parent)
                if (scope.Function is not null) return false;
            return true;
        }
    }

    public static Place PlaceOf(Ast.Node node) => new(node.Location.Start.Line, node.Location.Start.Column + 1);

    public int GlobalIndex(string name)
    {
        if (!globals.TryGetValue(name, out var index)) globals[name] = index = globals.Count;
        return index;
    }

    /// <summary>Compiles within a new scope.</summary>
    public T Within<T>(bool ownsFrame, FunctionCode? function, Func<LexicalScope, T> compile)
    {
        var outer = Scope;
        Scope = new LexicalScope(outer, ownsFrame, function);
        var result = compile(Scope);
        Scope = outer;
        return result;
    }

    public static BinaryOperator? BinaryOf(Operator operation) => operation switch
    {
        Operator.Addition or Operator.AdditionAssignment => BinaryOperator.Add,
        Operator.Subtraction or Operator.SubtractionAssignment => BinaryOperator.Subtract,
        Operator.Multiplication or Operator.MultiplicationAssignment => BinaryOperator.Multiply,
        Operator.Division or Operator.DivisionAssignment => BinaryOperator.Divide,
        Operator.Remainder or Operator.RemainderAssignment => BinaryOperator.Remainder,
        Operator.Exponentiation or Operator.ExponentiationAssignment => BinaryOperator.Power,
        Operator.BitwiseAnd or Operator.BitwiseAndAssignment => BinaryOperator.And,
        Operator.BitwiseOr or Operator.BitwiseOrAssignment => BinaryOperator.Or,
        Operator.BitwiseXor or Operator.BitwiseXorAssignment => BinaryOperator.Xor,
        Operator.LeftShift or Operator.LeftShiftAssignment => BinaryOperator.ShiftLeft,
        Operator.RightShift or Operator.RightShiftAssignment => BinaryOperator.ShiftRight,
        Operator.UnsignedRightShift or Operator.UnsignedRightShiftAssignment => BinaryOperator.ShiftRightUnsigned,
        Operator.Equality => BinaryOperator.Equal,
        Operator.Inequality => BinaryOperator.NotEqual,
        Operator.StrictEquality => BinaryOperator.StrictlyEqual,
        Operator.StrictInequality => BinaryOperator.StrictlyNotEqual,
        Operator.LessThan => BinaryOperator.Less,
        Operator.LessThanOrEqual => BinaryOperator.LessOrEqual,
        Operator.GreaterThan => BinaryOperator.Greater,
        Operator.GreaterThanOrEqual => BinaryOperator.GreaterOrEqual,
        Operator.In => BinaryOperator.In,
        Operator.InstanceOf => BinaryOperator.InstanceOf,
        _ => null,
    };

    public static LogicalOperator? LogicalOf(Operator operation) => operation switch
    {
        Operator.LogicalAnd or Operator.LogicalAndAssignment => LogicalOperator.And,
        Operator.LogicalOr or Operator.LogicalOrAssignment => LogicalOperator.Or,
        Operator.NullishCoalescing or Operator.NullishCoalescingAssignment => LogicalOperator.Coalesce,
        _ => null,
    };
}
