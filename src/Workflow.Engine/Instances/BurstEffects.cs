using System.Globalization;
using System.Text.Json;

namespace Workflow.Engine.Instances;

/// <summary>What a burst has done outside, and what it gives up again.</summary>
internal sealed class BurstEffects(Burst burst)
{
    /// <summary>See <see cref="Stimulus.Generation"/>.</summary>
    public int Generation { get; set; } = burst.Stimulus.Generation;

    public int Request(int? token, object effect) => Request(token, burst.NextNumber(), effect);

    public int Request(int? token, int number, object effect)
    {
        var asked = WithGeneration(effect);
        burst.Record(new Fact.EffectRequested(new(number, token, EffectAttribute.NameOf(asked.GetType()), JsonSerializer.SerializeToElement(asked, asked.GetType(), InstanceJson.Options))));
        return number;
    }

    /// <summary>Takes back what a cancelled activity waits for, as far as it is not done yet.</summary>
    public void Withdraw(Bookmark wait)
    {
        if (wait.Kind is BookmarkKind.Effect or BookmarkKind.Child && int.TryParse(wait.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var effect)) burst.Record(new Fact.EffectWithdrawn(effect));
    }

    /// <summary>What may start or move another instance says how far it is from the outside. Beyond the limit it is refused here, where somebody hears of it.</summary>
    private object WithGeneration(object effect)
    {
        var most = burst.World.Limits.Generations;
        if (effect is StartChild or PublishedEvent { Only: null } && Generation >= most)
            throw InstanceLimits.Exceeded(
                $"{most} starts of workflows by one another in a row without a timer, an event from outside or a person between them", nameof(InstanceLimits.Generations),
                "one more: workflows that start each other in a circle");
        return effect switch
        {
            StartChild start => start with { Generation = Generation + 1 },
            PublishedEvent published => published with { Generation = Generation },
            TellParent tell => tell with { Generation = Generation },
            _ => effect,
        };
    }
}
