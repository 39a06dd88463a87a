using Microsoft.EntityFrameworkCore;
using Quartz;
using Workflow.Engine.Definitions;
using Workflow.Engine.Running;
using Workflow.Engine.Storage;
using Workflow.Engine.Storage.Bursts;

namespace Workflow.Engine.Tests;

/// <summary>The directions of house style section 3, read from the compiled code, so that no qualified name or extension method escapes.</summary>
public class ArchitectureTests
{
    private const string Engine = "Workflow.Engine";

    private static readonly string[] Core = ["Definitions", "Instances", "WorkItems", "JointWork", "Clocks", "Expressions", "Expressions.Scripting", "Places", "Proof", "Reports", "Staffing"];

    private static readonly string[] Outside =
    [
        "Workflow.Engine.Running", "Workflow.Engine.Storage", "Microsoft.EntityFrameworkCore", "Microsoft.Data", "Microsoft.AspNetCore", "Microsoft.Extensions",
        "Quartz", "Npgsql", "System.Net", "System.Data", "System.Threading.Tasks", "System.IO.File", "System.IO.Directory", "System.IO.Path", "System.TimeProvider",
        "System.Random", "System.Console", "System.Diagnostics.Process",
    ];

    private static readonly ILookup<string, Type> ByNamespace = typeof(WorkflowDefinition).Assembly.GetTypes().ToLookup(type => type.Namespace ?? "");

    [Fact]
    public void The_core_uses_no_storage_no_host_no_files_no_clock_and_no_task()
    {
        var core = Core.SelectMany(name => ByNamespace[$"{Engine}.{name}"]).ToList();

        core.Count.ShouldBeGreaterThan(100);
        Mentions(core, Outside).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Definitions")]
    [InlineData("Clocks")]
    [InlineData("Expressions")]
    [InlineData("Expressions.Scripting")]
    public void What_instances_rest_on_does_not_know_them(string name)
    {
        Mentions(ByNamespace[$"{Engine}.{name}"], [$"{Engine}.Instances", $"{Engine}.WorkItems"]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Clocks")]
    [InlineData("Expressions")]
    [InlineData("Expressions.Scripting")]
    public void Clocks_and_expressions_do_not_know_definitions(string name)
    {
        Mentions(ByNamespace[$"{Engine}.{name}"], [$"{Engine}.Definitions"]).ShouldBeEmpty();
    }

    [Fact]
    public void Only_scripting_sees_the_parser_of_scripts()
    {
        var others = ByNamespace.Where(group => group.Key != $"{Engine}.Expressions.Scripting").SelectMany(group => group);

        Mentions(others, ["Acornima"]).ShouldBeEmpty();
        Mentions(ByNamespace[$"{Engine}.Expressions.Scripting"], ["Acornima"]).ShouldNotBeEmpty();
    }

    [Fact]
    public void Only_storage_and_those_who_open_it_see_the_database()
    {
        var others = ByNamespace.Where(group => !IsIn(group.Key, $"{Engine}.Storage") && group.Key != $"{Engine}.Running")
            .SelectMany(group => group).Where(type => !IsWithin(type, typeof(EngineServices)));

        Mentions(others, ["Microsoft.EntityFrameworkCore", "Microsoft.Data"]).ShouldBeEmpty();
        Mentions(
            ByNamespace[$"{Engine}.Running"], ["Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.Storage", "Microsoft.Data", "System.Data"]).ShouldBeEmpty();
    }

    [Fact]
    public void The_engine_knows_neither_the_activities_nor_the_server()
    {
        var assemblies = typeof(WorkflowDefinition).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        assemblies.ShouldNotContain(name => name.StartsWith("Workflow", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void The_search_sees_what_it_looks_for()
    {
        Mentions([typeof(BurstTransaction)], ["Microsoft.EntityFrameworkCore"]).ShouldNotBeEmpty();
        Mentions(ByNamespace[$"{Engine}.Running"], ["System.Threading.Tasks"]).ShouldNotBeEmpty();
        Mentions(ByNamespace[$"{Engine}.Running"], ["Quartz"]).ShouldNotBeEmpty();
        TypeReferences.Of(typeof(ChangeFeed)).ShouldContain(typeof(IDbContextFactory<WorkflowDb>));
        TypeReferences.Of(typeof(TimerJob)).ShouldContain(typeof(IJobExecutionContext));
        TypeReferences.Of(typeof(Sample)).ShouldContain(typeof(File), "a call deep in a method body");
    }

    private static List<string> Mentions(IEnumerable<Type> types, string[] forbidden) =>
    [
        .. from type in types
           from mentioned in TypeReferences.Of(type)
           where forbidden.Any(name => IsIn(mentioned.FullName ?? mentioned.Namespace ?? "", name))
           select $"{type.FullName} mentions {mentioned.FullName ?? mentioned.Name}",
    ];

    /// <summary>A name, or something under it; "System.IO.File" also stands for FileStream and FileInfo.</summary>
    private static bool IsIn(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && (name.Length == prefix.Length || name[prefix.Length] is '.' or '+' or '`' || prefix.StartsWith("System.IO", StringComparison.Ordinal));

    private static bool IsWithin(Type? type, Type outer) => type is not null && (type == outer || IsWithin(type.DeclaringType, outer));

    private static class Sample
    {
        public static bool Reads(string name) => name.Length > 0 && File.Exists(name);
    }
}
