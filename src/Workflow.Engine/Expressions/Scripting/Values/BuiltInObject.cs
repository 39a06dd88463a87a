using System.Collections.Frozen;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>A prototype or a name space of the library, such as Array.prototype or Math. Shared by all evaluations, hence immutable.</summary>
/// <param name="members">Asked for late, because the tables and the prototypes refer to each other.</param>
internal sealed class BuiltInObject(string className, ScriptObject? prototype, Func<FrozenDictionary<string, Value>> members) : ScriptObject(prototype)
{
    public override string ClassName => className;

    public override bool TryGetOwn(Evaluation run, string name, out Value value) => members().TryGetValue(name, out value);

    public override void Set(Evaluation run, string name, Value value) => throw run.TypeError("Cannot change an object that is built in");

    public override bool Delete(Evaluation run, string name) => throw run.TypeError("Cannot change an object that is built in");

    public override void Close(Evaluation run, Closing closing)
    {
    }
}
