using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Engine.Clocks;

namespace Workflow.Engine.Tests.Clocks;

/// <summary>
/// A clock in whole minutes since <see cref="MinuteOracle.Origin"/>: it runs, stops, runs ... for the given lengths.
/// <paramref name="IsOpen"/> means that it still runs, beyond the last length; the generator makes that one long enough for any target.
/// </summary>
internal sealed record ClockCase(int Calendar, bool IsContinuous, int Start, ImmutableArray<int> Lengths, bool IsOpen, int TargetMinutes)
{
    private const int LongEnough = 60 * 1440;

    private static readonly ImmutableArray<string> Texts = [Calendars.ChinaText, Calendars.AmsterdamText, Calendars.CairoText];
    private static readonly ImmutableArray<BusinessCalendar> Read = [.. Texts.Select(Calendars.Read)];
    private static readonly ImmutableArray<MinuteOracle> Oracles = [.. Texts.Select(text => new MinuteOracle(text))];

    // Whole hours often, so that spans begin and end exactly where working intervals do.
    private static readonly Gen<int> Lasting =
        Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(1, 3 * 1440)), (4, Gen.Choose(1, 48).Select(hours => hours * 60)));

    public static readonly Gen<ClockCase> Any =
        from calendar in Gen.Choose(0, Texts.Length - 1)
        from isContinuous in Gen.Frequency((1, Gen.Constant(true)), (9, Gen.Constant(false)))
        from start in Gen.OneOf(Gen.Choose(0, 400 * 1440), Gen.Choose(0, 400 * 24).Select(hour => hour * 60))
        from pairs in Gen.Choose(0, 3)
        from lengths in Lasting.ArrayOf((2 * pairs) + 1)
        from isOpen in Gen.Elements(true, false)
        from target in Gen.OneOf(Gen.Choose(1, 30 * 60), Gen.Choose(1, 30).Select(hours => hours * 60))
        select new ClockCase(calendar, isContinuous, start, isOpen ? [.. lengths[..^1], LongEnough] : [.. lengths], isOpen, target);

    public BusinessCalendar BusinessCalendar => Read[Calendar];

    public MinuteOracle Oracle => Oracles[Calendar];

    public TimeSpan Length => TimeSpan.FromMinutes(TargetMinutes);

    public SlaTarget Target => IsContinuous ? new SlaTarget.Continuous(Length) : new SlaTarget.WorkingHours(Length);

    public ImmutableArray<ClockSpan> Spans
    {
        get
        {
            var spans = ImmutableArray.CreateBuilder<ClockSpan>();
            var now = Start;
            for (var i = 0; i < Lengths.Length; i += 2)
            {
                var isLast = i == Lengths.Length - 1;
                spans.Add(new ClockSpan(Instant(now), isLast && IsOpen ? null : Instant(now + Lengths[i]), "waiting"));
                now += Lengths[i] + (isLast ? 0 : Lengths[i + 1]);
            }
            return spans.ToImmutable();
        }
    }

    public int End => Start + Lengths.Sum();

    public static DateTimeOffset Instant(int minute) => new(MinuteOracle.Origin.AddMinutes(minute), TimeSpan.Zero);

    public override string ToString() =>
        $"{Target} on {BusinessCalendar} from {Instant(Start):u}, runs and stops for [{string.Join(", ", Lengths)}] minutes{(IsOpen ? " and on" : "")}";
}
