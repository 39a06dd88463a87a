using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Tests.Expressions.Scripting;

/// <summary>Whatever a script does, it ends by a count, the same way each time, on a thread with little stack and within 64 MB.</summary>
public class HostileScriptTests
{
    private const long MostAllocated = 64 * 1024 * 1024;

    public static TheoryData<string> Bombs => [.. Sources.Keys];

    private static readonly Dictionary<string, (string Source, string End)> Sources = new()
    {
        ["open parentheses"] = (Repeat("(", 60_000), "refused"),
        ["closed parentheses"] = (Repeat("(", 500) + "1" + Repeat(")", 500), "refused"),
        ["open arrays"] = (Repeat("[", 60_000), "refused"),
        ["open blocks"] = (Repeat("{", 60_000), "refused"),
        ["objects"] = ("x=" + Repeat("{a:", 20_000) + "1", "refused"),
        ["functions"] = (Repeat("function f(){", 4_000), "refused"),
        ["arrows"] = (Repeat("a=>", 20_000) + "1", "refused"),
        ["conditions"] = (Repeat("a?a:", 15_000) + "a", "refused"),
        ["ifs"] = (Repeat("if(a)", 12_000) + "a", "refused"),
        ["else ifs"] = (Repeat("if(0)1;else ", 5_000) + "2", "refused"),
        ["nots"] = (Repeat("!", 30_000) + "1", "refused"),
        ["typeofs"] = (Repeat("typeof ", 9_000) + "1", "refused"),
        ["news"] = (Repeat("new ", 15_000) + "a", "refused"),
        ["powers"] = (Repeat("1**", 20_000) + "1", "refused"),
        ["assignments"] = (Repeat("a=", 20_000) + "1", "refused"),
        ["templates"] = (Repeat("`${", 20_000), "refused"),
        ["members"] = ("a" + Repeat(".a", 30_000), "refused"),
        ["calls"] = ("a" + Repeat("()", 30_000), "refused"),
        ["optional members"] = ("a" + Repeat("?.a", 20_000), "refused"),
        ["a pattern of groups"] = ("/" + Repeat("(a|", 5_000) + "b" + Repeat(")", 5_000) + "/", "refused"),
        ["a pattern of options"] = ("/" + Repeat("a?", 1_500) + Repeat("a", 400) + "/.test('a'.repeat(2000))", "refused"),
        ["a megabyte of statements"] = (Repeat("a;", 500_000), "refused"),
        ["a megabyte of text"] = ("var x='" + Repeat("y", 1_048_576) + "'", "refused"),
        ["a long sum"] = (Repeat("1+", 30_000) + "1", "30001"),
        ["a long row of ands"] = (Repeat("1&&", 20_000) + "2", "2"),
        ["a long sequence"] = (Repeat("1,", 30_000) + "2", "2"),
        ["many statements"] = (Repeat("1;", 32_000), "1"),
        ["many names"] = ("let " + string.Join(",", Enumerable.Range(0, 3_000).Select(number => $"a{number}")) + "; a5", "undefined"),
        ["many cases"] = ("switch(5){" + string.Concat(Enumerable.Range(0, 5_000).Select(number => $"case {number}:")) + "}", "undefined"),
        ["many parameters"] = ("function f(" + string.Join(",", Enumerable.Range(0, 5_000).Select(number => $"a{number}")) + "){ return f() } f()", "MaxDepth"),
        ["a large literal"] = ("[" + Repeat("0,", 30_000) + "].length", "30000"),
    };

    [Theory]
    [MemberData(nameof(HostileTable.Rows), MemberType = typeof(HostileTable))]
    public void A_hostile_script_ends_by_a_count(string script, string end) => Check(script, end);

    [Theory]
    [MemberData(nameof(RefusedTable.Rows), MemberType = typeof(RefusedTable))]
    public void What_the_language_lacks_is_refused_before_it_runs(string script)
    {
        var parsed = Script.Parse(script, out var problem);

        parsed.ShouldBeNull();
        problem!.Line.ShouldBePositive();
        problem.Column.ShouldBePositive();
        problem.Found.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_source_that_is_large_or_deep_ends_early(string name) => Check(Sources[name].Source, Sources[name].End);

    [Theory]
    [InlineData("slice(1, shrink)", "[0,[]]")]
    [InlineData("fill(9, 1, shrink)", "[0,[]]")]
    [InlineData("splice(shrink, 2)", "[0,[]]")]
    [InlineData("splice(1, shrink)", "[0,[]]")]
    [InlineData("at(shrink)", "[0,null]")]
    [InlineData("includes(3, shrink)", "[0,false]")]
    [InlineData("lastIndexOf(3, shrink)", "[0,-1]")]
    [InlineData("join(shrink)", "[0,\"\"]")]
    public void An_array_that_its_own_arguments_empty_is_taken_as_it_then_is(string call, string end)
    {
        var script = $"const a = [1, 2, 3]; const empty = () => {{ a.length = 0; return 3 }}; const shrink = {{ valueOf: empty, toString: empty }}; const r = a.{call}; [a.length, r]";

        ScriptOutcome.Of(script).Text.ShouldBe(end);
    }

    [Fact]
    public void A_limit_names_itself_and_its_number()
    {
        var script = Script.Parse("while (true);", out _)!;

        var limit = Should.Throw<ScriptLimitException>(() => script.Evaluate(new FakeScriptHost(), new ScriptLimits { MaxSteps = 500 }));

        limit.Message.ShouldBe("The script needs more than MaxSteps allows: expected at most 500.");
    }

    [Fact]
    public void An_error_names_its_place()
    {
        var script = Script.Parse("let a = 1;\n  a.b.c = 2;", out _)!;

        var error = Should.Throw<ScriptErrorException>(() => script.Evaluate(new FakeScriptHost(), ScriptLimits.Default));

        (error.Error, error.Line, error.Column).ShouldBe(("TypeError: Cannot set properties of undefined (setting 'c')", 2, 7));
    }

    private static void Check(string source, string end)
    {
        var (first, allocated) = ScriptOutcome.OnSmallStack(source);
        var (second, _) = ScriptOutcome.OnSmallStack(source);

        if (end == "refused") first.Text.ShouldStartWith("refused: ");
        else first.Text.ShouldBe(end);
        second.ShouldBe(first);
        allocated.ShouldBeLessThan(MostAllocated);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
