using System.Data.Common;
using Workflow.Engine.Reports;

namespace Workflow.Engine.Storage.Reporting;

/// <summary>Times that are ranked in memory.</summary>
internal static class RankedRows
{
    public static async Task<IReadOnlyList<TimedGroup>?> ReadAsync(DbCommand rows, RankedColumns columns, int mostGroups, CancellationToken cancel)
    {
        var groups = new Dictionary<(string?, bool), Times>();
        var total = new Times(null, null, columns.Times.Count);
        await using (var reader = await rows.ExecuteReaderAsync(cancel))
        {
            var (key, label, times) = (reader.GetOrdinal(columns.Key), reader.GetOrdinal(columns.Label), columns.Times.Select(reader.GetOrdinal).ToArray());
            while (await reader.ReadAsync(cancel))
            {
                var name = reader.IsDBNull(key) ? null : reader.GetString(key);
                if (!groups.TryGetValue((name, name is null), out var group)) groups[(name, name is null)] = group = new(name, null, times.Length);
                if (groups.Count > mostGroups) return null;
                if (!reader.IsDBNull(label)) group.Name(reader.GetString(label));
                for (var at = 0; at < times.Length; at++)
                    if (!reader.IsDBNull(times[at])) group.Seconds[at].Add(reader.GetInt64(times[at]));
            }
        }
        foreach (var group in groups.Values)
            for (var at = 0; at < columns.Times.Count; at++) total.Seconds[at].AddRange(group.Seconds[at]);
        return [.. Ordered([.. groups.Values.Select(group => group.Ranked(false)), total.Ranked(true)])];
    }

    /// <summary>As every report orders its groups: by key, those without one after them, then the total.</summary>
    public static IEnumerable<TimedGroup> Ordered(IEnumerable<TimedGroup> groups) => groups.OrderBy(group => group.IsTotal).ThenBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal);

    private sealed class Times(string? key, string? label, int count)
    {
        private string? label = label;

        public List<long>[] Seconds { get; } = [.. Enumerable.Range(0, count).Select(_ => new List<long>())];

        /// <summary>The last name in the order of characters, as the database's <c>max</c> has it.</summary>
        public void Name(string name) => label = string.CompareOrdinal(name, label) > 0 ? name : label;

        public TimedGroup Ranked(bool isTotal) => new(key, isTotal ? null : label, [.. Seconds.Select(DurationFigures.Of)], isTotal);
    }
}
