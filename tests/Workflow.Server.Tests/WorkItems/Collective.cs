using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>集体讨论 of a case: three signers of three teams, of whom 60 % have to agree.</summary>
internal static class Collective
{
    private const string Document = """
        { "definitionId": "collective", "name": "行政处罚集体讨论", "version": 1,
          "root": { "id": "loop", "type": "Workflow.ClosedLoop", "sla": { "target": "PT72H", "calendar": "24x7" },
            "initiation": { "id": "initiation", "type": "Workflow.Stage", "body": { "id": "i", "type": "Elsa.Sequence" } },
            "response": { "id": "response", "type": "Workflow.Stage", "body": { "id": "r", "type": "Elsa.Sequence" } },
            "analysis": { "id": "analysis", "type": "Workflow.Stage", "body": { "id": "discuss", "type": "Workflow.Inspection", "title": "集体讨论", "outcomes": ["Agree", "Disagree"],
              "sign": { "rule": "percent", "percent": 60, "signers": [ { "team": "tech-city" }, { "person": "u-enforcement" }, { "role": "supervisor", "team": "inspection-city" } ] } } },
            "handling": { "id": "handling", "type": "Workflow.Stage", "body": { "id": "serve", "type": "Workflow.Enforcement", "title": "送达" } },
            "postEvaluation": { "id": "post", "type": "Workflow.Stage", "body": { "id": "evaluate", "type": "Workflow.Inspection", "title": "后评估" } } } }
        """;

    /// <returns>The id of a task in which the discussion is open.</returns>
    public static async Task<string> RaiseAsync(Uri server, string subject)
    {
        using var designer = await ApiClient.SignInAsync(server, "designer");
        var imported = await designer.PostRawAsync("definitions/import", $$"""{ "documents": [{{Document}}], "publish": true }""");
        imported.Status.ShouldBe(HttpStatusCode.OK, imported.Body.ToString());
        using var tech = await ApiClient.SignInAsync(server, "tech");
        var raised = await tech.PostAsync("tasks", new { definitionId = "collective", areaCode = "510107064", subject });
        return raised.Text("id") ?? throw new InvalidOperationException(raised.Body.ToString());
    }
}
