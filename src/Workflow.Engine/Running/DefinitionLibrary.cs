using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Definitions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>Published versions, compiled once and kept. A version never changes, so what is kept is never stale.</summary>
public sealed class DefinitionLibrary(IDbContextFactory<WorkflowDb> databases, DefinitionReader reader, TimeProvider time)
{
    private readonly ConcurrentDictionary<DefinitionVersion, WorkflowDefinition> compiled = new();

    /// <summary>Another version is the newest of some definition.</summary>
    public event Action? LatestChanged;

    public async Task<WorkflowDefinition?> FindAsync(DefinitionVersion version, CancellationToken cancel)
    {
        if (compiled.TryGetValue(version, out var known)) return known;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == version.DefinitionId && row.Version == version.Version, cancel);
        return row is null ? null : Keep(row);
    }

    /// <summary>What a start takes: the version that is asked for, or the newest that is not retracted.</summary>
    public async Task<(WorkflowDefinition? Definition, Rejection? Refusal)> FindToStartAsync(string definitionId, int? version, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var versions = db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId && (version == null || row.Version == version));
        var newest = await versions.OrderByDescending(row => row.RetractedAt == null).ThenByDescending(row => row.Version)
            .Select(row => new { row.Version, row.RetractedAt }).FirstOrDefaultAsync(cancel);
        var name = version is null ? $"'{definitionId}'" : $"'{definitionId}' version {version}";
        if (newest is null) return (null, new(Reason.DefinitionUnknown, $"a published workflow {name}", "none"));
        if (newest.RetractedAt is { } at) return (null, new(Reason.DefinitionRetracted, $"a workflow {name} that takes new starts", $"that version {newest.Version} was retracted at {at:O}"));
        return (await FindAsync(new(definitionId, newest.Version), cancel), null);
    }

    /// <summary>The version that an alteration migrates to; null when it names none, or one that is not published.</summary>
    public async Task<WorkflowDefinition?> FindTargetAsync(DefinitionVersion current, Stimulus stimulus, CancellationToken cancel) =>
        (stimulus as Stimulus.Altered)?.Alterations.OfType<Alteration.Migrate>().FirstOrDefault() is { } migrate ? await FindAsync(current with { Version = migrate.TargetVersion }, cancel) : null;

    /// <summary>The newest version of each definition that is not retracted.</summary>
    public async Task<IReadOnlyList<WorkflowDefinition>> LatestAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = await db.Definitions.Where(row => row.RetractedAt == null).GroupBy(row => row.DefinitionId).Select(group => new { Id = group.Key, Version = group.Max(row => row.Version) }).OrderBy(row => row.Id).ToListAsync(cancel);
        var definitions = new List<WorkflowDefinition>();
        foreach (var row in newest)
            if (await FindAsync(new(row.Id, row.Version), cancel) is { } definition) definitions.Add(definition);
        return definitions;
    }

    /// <summary>The newest versions, no tasks among them, that an event of this name starts, each with the activity that waits for it.</summary>
    public async Task<IReadOnlyList<(WorkflowDefinition Definition, Node Trigger)>> StartedByEventAsync(string name, CancellationToken cancel) =>
    [
        .. from definition in await LatestAsync(cancel)
           where !definition.IsTask
           let trigger = definition.Root.Derive(_ => new EventTriggers(definition)).Find(name)
           where trigger is not null
           select (definition, trigger),
    ];

    /// <summary>
    /// Publishes a checked version that lies in a file. One below the newest version is left alone: the definition has gone on without the file,
    /// and nothing would start with it.
    /// </summary>
    /// <returns>A problem when this version was published with another content: a published version is immutable.</returns>
    public async Task<DefinitionProblem?> PublishAsync(WorkflowDefinition definition, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(definition);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == definition.Id.DefinitionId && row.Version == definition.Id.Version, cancel);
        if (row is not null) return IsSame(row, definition) ? null : Changed(row);
        if (await db.Definitions.AnyAsync(row => row.DefinitionId == definition.Id.DefinitionId && row.Version > definition.Id.Version, cancel)) return null;
        db.Definitions.Add(RowOf(definition, time.GetUtcNow(), null));
        await db.SaveChangesAsync(cancel);
        compiled[definition.Id] = definition;
        LatestChanged?.Invoke();
        return null;
    }

    /// <summary>A version as it is stored.</summary>
    /// <param name="by">Null when nobody but the server publishes it.</param>
    public static DefinitionRow RowOf(WorkflowDefinition definition, DateTimeOffset at, Person? by)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new()
        {
            DefinitionId = definition.Id.DefinitionId,
            Version = definition.Id.Version,
            Name = definition.Name,
            IsTask = definition.IsTask,
            Document = definition.Document.GetRawText(),
            Used = definition.Used.IsEmpty ? null : JsonSerializer.Serialize(definition.Used),
            Hash = HashOf(definition.Document),
            PublishedAt = at,
            PublishedById = by?.UserId,
            PublishedByName = by?.Name,
        };
    }

    /// <summary>Whether a version was published with this content.</summary>
    public static bool IsSame(DefinitionRow row, WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(definition);
        var hash = HashOf(definition.Document);
        return row.Hash == hash || HashOf(JsonElement.Parse(row.Document)) == hash;
    }

    public static DefinitionProblem Changed(DefinitionRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new("/version", "a new version number for a changed definition", $"{new DefinitionVersion(row.DefinitionId, row.Version)}, which was published at {row.PublishedAt:O} with other content");
    }

    /// <summary>Finds workflows that others use as activities among the versions that are not retracted. They are read when the first is asked for.</summary>
    /// <param name="beside">Documents that are to be published together; they come first.</param>
    public WorkflowLookup Lookup(params IReadOnlyList<JsonElement> beside)
    {
        var documents = new Lazy<WorkflowDocuments>(() => new([.. beside, .. InUse()]));
        return reference => documents.Value.Find(reference);
    }

    /// <summary>White space, indentation and the schema that an editor uses do not make another document.</summary>
    public static string HashOf(JsonElement document)
    {
        var content = document.EnumerateObject().Where(member => member.Name != "$schema").Select(member => KeyValuePair.Create(member.Name, member.Value));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))));
    }

    private List<JsonElement> InUse()
    {
        using var db = databases.CreateDbContext();
        return [.. db.Definitions.AsNoTracking().Where(row => row.RetractedAt == null).Select(row => row.Document).AsEnumerable().Select(document => JsonElement.Parse(document))];
    }

    private WorkflowDefinition Keep(DefinitionRow row)
    {
        var problems = new ProblemList();
        // It was checked when it was published. A rule that is new since then must not stop the instances that run on it.
        var used = new WorkflowDocuments(row.Used is null ? [] : [.. JsonElement.Parse(row.Used).EnumerateArray()]);
        var definition = reader.With(used.Find).Compile(row.Document, problems)
            ?? throw new InvalidOperationException($"{row.DefinitionId} v{row.Version} was published but cannot be read: {string.Join("; ", problems.All)}");
        return compiled[definition.Id] = definition;
    }
}
