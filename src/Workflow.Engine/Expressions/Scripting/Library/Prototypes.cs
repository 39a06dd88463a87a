namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The prototypes of everything built in. Immutable, so that no script can leave anything behind in them.</summary>
internal static class Prototypes
{
    public static readonly BuiltInObject Object = new("Object", null, static () => ObjectMethods.Members);
    public static readonly BuiltInObject Function = new("Function", Object, static () => FunctionMethods.Members);
    public static readonly BuiltInObject Array = new("Array", Object, static () => ArrayMethods.Members);
    public static readonly BuiltInObject Text = new("String", Object, static () => TextMethods.Members);
    public static readonly BuiltInObject Number = new("Number", Object, static () => NumberMethods.Members);
    public static readonly BuiltInObject Boolean = new("Boolean", Object, static () => BooleanMethods.Members);
    public static readonly BuiltInObject Date = new("Object", Object, static () => DateMethods.Members);
    public static readonly BuiltInObject Map = new("Map", Object, static () => MapMethods.Members);
    public static readonly BuiltInObject Set = new("Set", Object, static () => SetMethods.Members);
    public static readonly BuiltInObject Iterator = new("Iterator", Object, static () => IteratorMethods.Members);
    public static readonly BuiltInObject Regex = new("Object", Object, static () => RegexMethods.Members);
    public static readonly BuiltInObject Error = new("Error", Object, static () => ErrorMethods.Base);
    public static readonly BuiltInObject TypeError = new("Error", Error, static () => ErrorMethods.TypeError);
    public static readonly BuiltInObject RangeError = new("Error", Error, static () => ErrorMethods.RangeError);
    public static readonly BuiltInObject ReferenceError = new("Error", Error, static () => ErrorMethods.ReferenceError);
    public static readonly BuiltInObject SyntaxError = new("Error", Error, static () => ErrorMethods.SyntaxError);
    public static readonly BuiltInObject UriError = new("Error", Error, static () => ErrorMethods.UriError);
    public static readonly BuiltInObject EvalError = new("Error", Error, static () => ErrorMethods.EvalError);
}
