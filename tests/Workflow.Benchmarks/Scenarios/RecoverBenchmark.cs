using System.Diagnostics;
using Workflow.Benchmarks.Stores;
using Workflow.Reliability.Processes;

namespace Workflow.Benchmarks.Scenarios;

/// <summary>How long the real server takes to be ready on a database full of waiting instances, after it was killed in the middle of its work.</summary>
internal static class RecoverBenchmark
{
    private const int Callers = 16;

    /// <summary>Answers after which the server is killed, wherever it is.</summary>
    private const int AnswersBeforeKill = 200;

    public static async Task RunAsync(BenchmarkStore store, int instances, CancellationToken cancel)
    {
        var connectionString = await store.NewDatabaseAsync(cancel);
        var (database, definition) = (store.Of(connectionString), FarTimer.Definition());
        await using (var engine = await EngineInProcess.StartAsync(database, definition, cancel))
            await FarTimer.StartAsync(engine, definition.Id, [.. Enumerable.Repeat(TimeProvider.System.GetUtcNow() + FarTimer.FarAway, instances)], cancel);

        await using var server = ServerUnderTest.Prepare(store, connectionString, definition);
        var first = await StartAsync(server);
        var answered = await KillUnderLoadAsync(server, cancel);
        var again = await StartAsync(server);

        // What was under way when the server was killed may be there or not; what was answered has to be.
        var found = await Stored.ReadAsync(database, cancel);
        WrongResultException.ThrowUnless(
            found == Stored.AllWaiting(found.Instances) && found.Instances >= instances + answered && found.Instances <= instances + answered + Callers,
            $"{instances + answered} to {instances + answered + Callers} instances, all of them waiting", found.ToString());
        Report.Print(new
        {
            store = store.Name,
            n = instances,
            first_ready_s = Report.Round(first.TotalSeconds),
            answered_before_kill = answered,
            ready_s = Report.Round(again.TotalSeconds),
        });
    }

    private static async Task<TimeSpan> StartAsync(ServerUnderTest server)
    {
        var started = Stopwatch.GetTimestamp();
        await server.StartAsync();
        return Stopwatch.GetElapsedTime(started);
    }

    /// <returns>Starts that were answered.</returns>
    private static async Task<int> KillUnderLoadAsync(ServerUnderTest server, CancellationToken cancel)
    {
        using var client = await server.SignInAsync();
        var (answered, enough) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var body = new { definitionId = FarTimer.Definition().Id.DefinitionId, inputs = new { due = TimeProvider.System.GetUtcNow() + FarTimer.FarAway } };
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(
            async () =>
            {
                while (await IsAnsweredAsync(client, body))
                    if (Interlocked.Increment(ref answered) == AnswersBeforeKill) enough.TrySetResult();
            },
            cancel)).ToList();
        var ended = Task.WhenAll(callers);
        await Task.WhenAny(enough.Task, ended).WaitAsync(cancel);
        WrongResultException.ThrowUnless(enough.Task.IsCompleted, $"{AnswersBeforeKill} answers", $"{answered}");
        await server.KillAsync();
        await ended.WaitAsync(cancel);
        return answered;
    }

    /// <returns>False once the server is gone.</returns>
    private static async Task<bool> IsAnsweredAsync(ApiClient client, object body)
    {
        try
        {
            var answer = await client.PostAsync("instances", body);
            return answer.IsSuccess ? true : throw new WrongResultException("a start that is taken", answer.ToString());
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
