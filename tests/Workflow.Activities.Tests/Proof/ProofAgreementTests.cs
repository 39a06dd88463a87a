using Workflow.Engine.Definitions;
using Workflow.Engine.Proof;
using Xunit.Abstractions;

namespace Workflow.Activities.Tests.Proof;

public class ProofAgreementTests(ITestOutputHelper output)
{
    private const int Wanted = 2_000;

    private readonly SortedDictionary<string, int> met = [];

    /// <summary>Set WORKFLOW_SEED to play one again.</summary>
    [Fact]
    public void The_proof_says_what_trying_everything_says()
    {
        var given = Environment.GetEnvironmentVariable("WORKFLOW_SEED");
        var seed = given is null ? Environment.TickCount & 0x3fff_ffff : int.Parse(given, null);
        output.WriteLine($"first seed: {seed} (WORKFLOW_SEED={seed} plays them again)");
        for (var compared = 0; compared < Wanted; seed++)
            if (Agrees(seed)) compared++;
        foreach (var (what, count) in met) output.WriteLine($"{what}: {count}");
        string[] wanted = ["right", "deadline", "end", "fault", "counter-based", "token-based", "with decisions"];
        wanted.Where(what => met.GetValueOrDefault(what) < 20).ShouldBeEmpty("the generator no longer reaches these");
    }

    /// <returns>False when there was nothing to compare.</returns>
    private bool Agrees(int seed)
    {
        var stage = new RandomStage(new(seed));
        var document = stage.Build();
        var read = new ProblemList();
        var definition = An.Reader.Compile(document, read) ?? throw new FormatException(string.Join("\n", read.All));
        var plain = new EveryState(definition, stage.Variables);
        if (plain.Find() is not { } expected)
        {
            Met("too many states to try");
            return false;
        }

        var problems = new ProblemList();
        StageProof.Check(new(definition, new HashSet<string> { "24x7" }, problems));

        var found = Kinds(problems);
        if (found.Contains("not proven"))
        {
            Met("not proven");
            return false;
        }
        // Behind a fault the proof looks no further.
        if (expected.Contains("fault")) found.IntersectWith(["fault"]);
        found.ShouldBe(expected, $"seed {seed}\n{document}\n{string.Join("\n", problems.All)}");
        Met(document.Contains("TokenBased", StringComparison.Ordinal) ? "token-based" : "counter-based");
        if (stage.Variables.Count > 0) Met("with decisions");
        if (expected.Count == 0) Met("right");
        foreach (var kind in expected) Met(kind);
        met["states tried"] = met.GetValueOrDefault("states tried") + plain.Count;
        return true;
    }

    private static SortedSet<string> Kinds(ProblemList problems) => [.. problems.All.Select(problem => problem switch
    {
        { Severity: Severity.Warning } => "not proven",
        { Expected: ['a', 'n', ' ', 'a', 'c', 't', ..] } => "fault",
        { Expected: ['a', ' ', 'w', 'a', 'y', ..] } => "end",
        _ => problem.Found.StartsWith("none: it may wait", StringComparison.Ordinal) ? "deadline" : problem.ToString(),
    })];

    private void Met(string what) => met[what] = met.GetValueOrDefault(what) + 1;
}
