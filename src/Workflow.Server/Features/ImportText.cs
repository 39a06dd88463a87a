using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Workflow.Engine.Definitions;
using Workflow.Server.Problems;

namespace Workflow.Server.Features;

/// <summary>The body of an import as text, and the hash by which an idempotency key knows it again.</summary>
internal sealed record ImportText(string Text, string Sha256, ValueProblem? Problem)
{
    public static async Task<ImportText> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancel);
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        return Utf8.IsValid(bytes)
            ? new(Encoding.UTF8.GetString(bytes), hash, bytes.IsEmpty ? new("", "a body", "nothing") : null)
            : new("", hash, new("", "text in UTF-8", "bytes that are not UTF-8, such as those of a file in GBK"));
    }
}

/// <summary>What is wrong with the rows of an import: the first mistakes, and how many there are.</summary>
internal sealed class RowProblems(int most)
{
    private readonly List<ValueProblem> first = [];

    public IReadOnlyList<ValueProblem> First => first;

    public int Total { get; private set; }

    public void Add(string pointer, string expected, string found)
    {
        Total++;
        if (first.Count < most) first.Add(new(pointer, expected, found));
    }

    public void AddRange(IEnumerable<ValueProblem> problems)
    {
        foreach (var problem in problems) Add(problem.Pointer, problem.Expected, problem.Found);
    }

    public IResult ToResult() => ProblemResults.Invalid(first, Total);

    public Answer ToAnswer() => Answer.Of(ProblemResults.RowsInvalid(first, Total));
}
