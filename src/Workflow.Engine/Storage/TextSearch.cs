using Microsoft.EntityFrameworkCore;

namespace Workflow.Engine.Storage;

/// <summary>
/// What somebody looks for among the texts of tasks: words, each of which has to be part of the text. What is found is the same on every provider; how it is
/// found is not. Words that few texts hold lead to these by the index of grams (<see cref="Database.Matching"/>). Words that many hold are met soon on the way
/// along the list, so the list's own order is followed and each text looked into; and so it is where a provider has no such index.
/// </summary>
public sealed class TextSearch(Database database)
{
    /// <summary>Tasks that are fetched by the index, at most: so many are looked up within the time that a list may take.</summary>
    public int MostFetched { get; init; } = 3000;

    /// <summary>The words of a search; none when it says nothing.</summary>
    public static IReadOnlyList<string> Words(string? search) =>
        search is null ? [] : [.. Grams.Normalize(search).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>The texts that hold these words.</summary>
    /// <param name="areas">Codes of the areas that the list is about; empty for all.</param>
    public async Task<Found> FindAsync(WorkflowDb db, IReadOnlyList<string> words, IReadOnlyList<string> areas, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(areas);
        var all = Holding(db.TaskTexts.AsNoTracking(), words);
        if (database.Matching([.. words.SelectMany(Grams.OfWord).Distinct(StringComparer.Ordinal)], [.. areas.Select(Grams.OfArea)], MostFetched + 1) is not { } match) return new(all, false);
        return await database.AreMoreAsync(db, match, MostFetched, cancel) ? new(all, false) : new(Holding(db.TaskTexts.FromSql(match.Rows).AsNoTracking(), words), true);
    }

    private static IQueryable<TaskTextRow> Holding(IQueryable<TaskTextRow> texts, IReadOnlyList<string> words)
    {
        foreach (var word in words) texts = texts.Where(text => text.Text.Contains(word));
        return texts;
    }

    /// <param name="Texts">Those that hold the words.</param>
    /// <param name="AreFew">The list starts from them; otherwise each task of a list is asked whether it is among them.</param>
    public sealed record Found(IQueryable<TaskTextRow> Texts, bool AreFew);
}
