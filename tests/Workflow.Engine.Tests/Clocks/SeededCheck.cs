using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Workflow.Engine.Tests.Clocks;

/// <summary>Runs a property on generated cases. The seed is printed; the environment variable WORKFLOW_SEED runs the same cases again.</summary>
internal static class SeededCheck
{
    /// <param name="smaller">Simpler cases than one that fails, the simplest first; the first of them that fails too is reported.</param>
    public static void Check<T>(this ITestOutputHelper output, int cases, Gen<T> gen, Action<T> property, Func<T, IEnumerable<T>>? smaller = null)
    {
        var given = Environment.GetEnvironmentVariable("WORKFLOW_SEED");
        var seed = string.IsNullOrEmpty(given) ? (ulong)Stopwatch.GetTimestamp() : ulong.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"WORKFLOW_SEED={seed}");

        var replay = FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None));
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithQuietOnSuccess(true).WithReplay(replay);
        FsCheck.Check.One(config, Prop.ForAll(smaller is null ? gen.ToArbitrary() : Arb.From(gen, smaller), property));
    }
}
