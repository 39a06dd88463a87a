namespace Workflow.Engine.Definitions;

public enum Severity
{
    Error,
    Warning,
}

/// <summary>Something wrong with a definition document.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the document.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Found">What was found instead.</param>
public sealed record DefinitionProblem(string Pointer, string Expected, string Found, Severity Severity = Severity.Error)
{
    public override string ToString() => $"{(Pointer.Length == 0 ? "/" : Pointer)}: expected {Expected}, found {Found}";
}

/// <summary>Collects problems; a document with an error is not used.</summary>
public sealed class ProblemList
{
    private readonly List<DefinitionProblem> problems = [];

    public IReadOnlyList<DefinitionProblem> All => problems;

    public bool HasErrors => problems.Exists(problem => problem.Severity == Severity.Error);

    public void Error(string pointer, string expected, string found) => problems.Add(new(pointer, expected, found));

    public void Warn(string pointer, string expected, string found) => problems.Add(new(pointer, expected, found, Severity.Warning));

    public void AddErrors(ProblemList others) => problems.AddRange(others.All.Where(problem => problem.Severity == Severity.Error));
}
