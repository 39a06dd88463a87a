using Workflow.Engine.Expressions.Scripting;

namespace Workflow.Engine.Tests.Expressions.Scripting;

public class ScriptDeterminismTests
{
    private const string Everything = "[new Date(), Date.now(), Math.random(), Math.random(), newGuid(), newShortGuid(), [3, 1, 2].sort(() => Math.random() - 0.5)]";

    [Fact]
    public void The_same_seed_and_time_give_the_same_result_and_the_same_counts()
    {
        var first = ScriptOutcome.Of(Everything);
        var second = ScriptOutcome.Of(Everything);

        second.ShouldBe(first);
        first.Text.ShouldBe(
            """["2024-01-15T10:30:00.000Z",1705314600000,0.7415648787718233,0.1599103928769201,"47526757-130f-4f52-981c-e1ff0e4ae394","Wli8CUgk8kOeRDH6PIDbBg",[2,3,1]]""");
    }

    [Fact]
    public void Another_seed_gives_other_numbers()
    {
        ScriptOutcome.Of("Math.random()", new FakeScriptHost { SeedToUse = 43 }).Text.ShouldNotBe(ScriptOutcome.Of("Math.random()").Text);
    }

    [Fact]
    public void Guids_are_of_version_4()
    {
        ScriptOutcome.Of("/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(newGuid())").Text.ShouldBe("true");
    }

    [Fact]
    public void Nothing_of_one_evaluation_is_seen_by_the_next()
    {
        var script = Script.Parse("leak = (typeof leak === 'undefined' ? 0 : leak) + 1; var r = /a/g; r.test('a'); [leak, r.lastIndex]", out _)!;

        var results = Enumerable.Range(0, 3).Select(_ => script.Evaluate(new FakeScriptHost(), ScriptLimits.Default).Value!.Value.GetRawText());

        results.ShouldAllBe(result => result == "[1,1]");
    }

    [Fact]
    public void One_script_runs_on_many_threads_at_once()
    {
        var script = Script.Parse("let s = 0; for (const m of 'a1b22c333'.matchAll(/\\d+/g)) s += +m[0]; for (let i = 0; i < 500; i++) s += (() => i)(); s", out _)!;

        var results = Enumerable.Range(0, 64).AsParallel().Select(_ => script.Evaluate(new FakeScriptHost(), ScriptLimits.Default)).ToList();

        results.Select(result => (result.Value!.Value.GetRawText(), result.Steps, result.Bytes)).Distinct().ShouldHaveSingleItem().Item1.ShouldBe("125106");
    }

    [Fact]
    public void Ordinary_scripts_are_far_from_the_limits()
    {
        var loop = ScriptOutcome.Of("let s = ''; for (let i = 0; i < 10000; i++) { s += i % 10; } s.length");
        var json = ScriptOutcome.Of(
            "const items = Array.from({ length: 1000 }, (_, i) => ({ id: i, name: 'item ' + i, tags: ['a', 'b'] })); JSON.parse(JSON.stringify(items)).filter(x => x.id % 2).map(x => x.name).length");

        loop.Text.ShouldBe("10000");
        json.Text.ShouldBe("500");
        Math.Max(loop.Steps, json.Steps).ShouldBeLessThan(ScriptLimits.Default.MaxSteps / 5);
        Math.Max(loop.Bytes, json.Bytes).ShouldBeLessThan(ScriptLimits.Default.MaxBytes / 5);
    }

    [Fact]
    public void The_machine_may_stop_a_script_and_the_script_cannot_catch_it()
    {
        var script = Script.Parse("try { while (true); } catch (e) { 'caught' } finally { setCounter(1) }", out _)!;
        var host = new FakeScriptHost();
        var asked = 0;

        Should.Throw<ScriptHardStopException>(() => script.Evaluate(host, ScriptLimits.Default, () => ++asked == 10));

        asked.ShouldBe(10);
        host.Writes.ShouldBeEmpty();
    }
}
