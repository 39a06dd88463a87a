using System.Collections.Immutable;
using System.Text.Json;

namespace Workflow.Engine.Definitions;

/// <summary>A reason of the catalogue that a clock names in its <c>pauseReasons</c>: the id, or an object that says some of it otherwise.</summary>
public sealed record PauseDeclaration(string Reason, JsonElement? Otherwise)
{
    private static readonly string[] Members = ["id", "cap", "times", "approval", "taskGoesOn"];

    /// <summary>The reason as this clock takes it.</summary>
    public PauseReason Under(PauseCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Otherwise is { } json ? PauseCatalog.Limits(json, catalog.Find(Reason), "", null) : catalog.Find(Reason);
    }

    internal static ImmutableArray<PauseDeclaration> Read(JsonElement sla, string at, DefinitionCheck? check)
    {
        var read = ImmutableArray.CreateBuilder<PauseDeclaration>();
        foreach (var (index, json) in sla.Items("pauseReasons", at, check?.Problems).Index())
        {
            var pointer = $"{at}/pauseReasons/{index}";
            var isObject = json.ValueKind == JsonValueKind.Object;
            var reason = (isObject ? json.Text("id") : json.ValueKind == JsonValueKind.String ? json.GetString() : null) ?? "";
            if (check is not null) Check(json, reason, read, pointer, check);
            read.Add(new(reason, isObject ? json : null));
        }
        return read.ToImmutable();
    }

    private static void Check(JsonElement json, string reason, ImmutableArray<PauseDeclaration>.Builder before, string pointer, DefinitionCheck check)
    {
        if (reason.Length is 0 or > PauseCatalog.LongestId || before.Any(other => other.Reason == reason))
            check.Error(pointer, $"a reason of 1 to {PauseCatalog.LongestId} characters, each once", json.Describe());
        else if (check.Pauses is { } known && !known.Has(reason))
            check.Error(pointer, $"a reason of the catalogue: {string.Join(", ", known.All.Select(each => each.Id))}", $"'{reason}'");
        if (json.ValueKind != JsonValueKind.Object) return;
        foreach (var (where, expected, found) in json.UnknownMembers(pointer, Members)) check.Error(where, expected, found);
        PauseCatalog.Limits(json, PauseReason.Plain(reason), pointer, check.Problems);
    }
}
