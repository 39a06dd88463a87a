namespace Workflow.Engine.Expressions.Scripting;

/// <summary>The object <c>variables</c>: its properties are the variables of the instance.</summary>
internal sealed class VariablesObject() : ScriptObject(Prototypes.Object)
{
    public override bool TryGetOwn(Evaluation run, string name, out Value value)
    {
        run.Meter.Work(4);
        var exists = run.Variables.Exists(name);
        value = exists ? run.Variables.Read(name) : default;
        return exists;
    }

    public override void Set(Evaluation run, string name, Value value)
    {
        run.Meter.Work(4);
        run.Variables.Write(name, value);
    }

    public override bool Delete(Evaluation run, string name) => throw run.TypeError("A variable cannot be deleted");

    public override List<string> OwnNames(Evaluation run)
    {
        var names = run.Host.VariableNames;
        run.Meter.Work(names.Count);
        run.Meter.Allocate(32 + (8L * names.Count));
        return [.. names.Distinct()];
    }

    public override void Close(Evaluation run, Closing closing) => throw run.TypeError("The variables cannot be frozen or sealed");
}
