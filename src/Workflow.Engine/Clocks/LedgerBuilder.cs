using System.Collections.Immutable;

namespace Workflow.Engine.Clocks;

/// <summary>Turns pieces into ledger entries and joins those that touch under one rule: hours outside work across midnight, everything else per day.</summary>
internal sealed class LedgerBuilder(BusinessCalendar calendar)
{
    private readonly ImmutableArray<LedgerEntry>.Builder _entries = ImmutableArray.CreateBuilder<LedgerEntry>();
    private readonly ZoneOffset _zone = new(calendar.Zone);

    public bool IsProvisional { get; private set; }

    public void Add(Piece piece)
    {
        if (piece.Length == 0) return;
        IsProvisional |= piece.IsProvisional;
        var from = _zone.Local(piece.From);
        var to = _zone.Local(piece.To);
        if (_entries is [.., var last] && Continues(last, piece, from)) _entries[^1] = last with { To = to };
        else _entries.Add(new LedgerEntry(from, to, piece.IsCounted, piece.Rule, piece.Name, BasisOf(piece), piece.IsProvisional) { Pause = piece.Pause, Calendar = piece.Calendar });
    }

    public ImmutableArray<LedgerEntry> Build() => _entries.DrainToImmutable();

    private static bool Continues(LedgerEntry last, Piece piece, DateTimeOffset from) =>
        last.To == from && last.Rule == piece.Rule && last.Name == piece.Name && last.Provisional == piece.IsProvisional && last.Pause == piece.Pause && last.Calendar == piece.Calendar
        && (piece.Rule is LedgerRule.OutsideHours or LedgerRule.Continuous || last.From.Date == from.Date);

    private string? BasisOf(Piece piece) => piece.Rule is LedgerRule.Holiday or LedgerRule.MakeupWorkday ? calendar.BasisOf(piece.Calendar) : piece.Pause?.Basis;
}
