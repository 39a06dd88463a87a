using Workflow.Engine.Definitions;

namespace Workflow.Activities.Tests.Proof;

/// <summary>What the proof says of small tasks. JSON may be written with single quotes.</summary>
internal static class Proved
{
    /// <summary>On the root of a task: every item in it has a deadline.</summary>
    public const string Clock = "'sla': { 'target': 'PT24H', 'calendar': '24x7' }";

    /// <summary>In an activity that waits: why it may.</summary>
    public const string Reason = "'customProperties': { 'noDeadline': '等待上级批复，无法定期限' }";

    private static readonly DefinitionReader Reader = new(BuiltInActivities.Catalog(), new HashSet<string> { "24x7", "cn-gov" }) { Admission = Admission() };

    /// <summary>A task whose stages have these bodies, with the clock unless another is given; a body that is not given is empty.</summary>
    public static string Task(string? response = null, string? handling = null, string? postEvaluation = null, string? initiation = null, string clock = ", " + Clock, string members = "")
    {
        var stages = new (string Port, string? Body)[] { ("initiation", initiation), ("response", response), ("analysis", null), ("handling", handling), ("postEvaluation", postEvaluation) };
        var ports = stages.Select(stage => $"'{stage.Port}': {{ 'id': '{stage.Port}', 'type': 'Workflow.Stage', 'body': {stage.Body ?? $"{{ 'id': '{stage.Port}-body', 'type': 'Elsa.Sequence' }}"} }}");
        return $"{{ 'definitionId': 'test', {members} 'root': {{ 'id': 'loop', 'type': 'Workflow.ClosedLoop', {string.Join(", ", ports)}{clock} }} }}";
    }

    public static IReadOnlyList<DefinitionProblem> Problems(string document, DefinitionLimits? limits = null)
    {
        var problems = new ProblemList();
        var reader = limits is null ? Reader : new(BuiltInActivities.Catalog(), new HashSet<string> { "24x7", "cn-gov" }) { Limits = limits };
        reader.Read(document.Replace('\'', '"'), problems);
        return problems.All;
    }

    public static IReadOnlyList<DefinitionProblem> Errors(string document) => [.. Problems(document).Where(problem => problem.Severity == Severity.Error)];

    private static AdmissionList Admission()
    {
        var problems = new ProblemList();
        return AdmissionList.Read(System.Text.Json.JsonElement.Parse("""
            { "items": [ { "id": "verify", "teams": ["communityGrid", "techGrid", "inspection"] }, { "id": "enforce", "teams": ["enforcement"] } ] }
            """), problems) ?? throw new FormatException(string.Join("\n", problems.All));
    }
}
