using System.Net;
using Workflow.Reliability.Processes;

namespace Workflow.Server.Tests.Definitions;

/// <summary>Documents, and what a designer does with them.</summary>
internal static class Documents
{
    /// <summary>A workflow that waits for one event.</summary>
    public static string Waiting(string id, string eventName, string? name = null) =>
        $$"""{ "definitionId": "{{id}}", "name": "{{name ?? id}}", "root": { "id": "s", "type": "Elsa.Sequence", "activities": [ { "id": "e", "type": "Elsa.Event", "eventName": "{{eventName}}" } ] } }""";

    public static Task<ApiAnswer> SaveAsync(this ApiClient client, string id, string document, string? ifMatch = null) =>
        client.RequestAsync(HttpMethod.Put, $"definitions/{id}/draft", document, ifMatch);

    /// <summary>Saves and publishes.</summary>
    public static async Task<ApiAnswer> PublishAsync(this ApiClient client, string id, string document)
    {
        var saved = await client.SaveAsync(id, document);
        saved.IsSuccess.ShouldBeTrue(saved.Body.ToString());
        var published = await client.PostAsync($"definitions/{id}/publish", new { etag = saved.ETag });
        published.Status.ShouldBe(HttpStatusCode.Created, published.Body.ToString());
        return published;
    }
}
