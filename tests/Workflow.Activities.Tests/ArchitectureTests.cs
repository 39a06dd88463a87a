using Workflow.Engine.Tests;

namespace Workflow.Activities.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Activities_know_the_pure_core_and_nothing_else_of_the_engine_or_the_world()
    {
        string[] core = ["Definitions", "Instances", "WorkItems", "JointWork", "Staffing", "Clocks", "Expressions", "Expressions.Scripting", "Proof"];
        string[] library =
        [
            "Cronos", "System", "System.Collections", "System.Collections.Generic", "System.Collections.Frozen", "System.Collections.Immutable", "System.Globalization",
            "System.Linq", "System.Runtime.CompilerServices", "System.Runtime.InteropServices", "System.Text", "System.Text.Json",
        ];
        var types = typeof(BuiltInActivities).Assembly.GetTypes().Where(type => IsOurs(type.Namespace)).ToList();
        types.Count.ShouldBeGreaterThan(15);

        var mentioned = types.SelectMany(TypeReferences.Of).ToHashSet();

        mentioned.Select(type => type.Namespace).OfType<string>().Where(name => !IsOurs(name)).Except(core.Select(name => $"Workflow.Engine.{name}")).Except(library).ShouldBeEmpty();
        mentioned.ShouldNotContain(typeof(TimeProvider));

        static bool IsOurs(string? name) => name?.StartsWith("Workflow.Activities", StringComparison.Ordinal) == true;
    }
}
