using Workflow.Engine.Instances;

namespace Workflow.Engine.Effects;

/// <summary>
/// Does effects of one type outside: sends, calls, starts. It is called at least once, after the burst that asked for the effect is on disk,
/// and again when it fails or when the process ends before its result is stored; always with the same id.
/// </summary>
/// <typeparam name="TEffect">A record with <see cref="EffectAttribute"/>.</typeparam>
public interface IEffectHandler<in TEffect>
    where TEffect : notnull
{
    /// <param name="id">Hand it to the target as the key under which it can tell a repetition.</param>
    /// <param name="cancel">Comes when the time limit of the attempt is over or the server stops.</param>
    /// <returns>What the waiting activity receives, as JSON; null for nothing.</returns>
    /// <exception cref="EffectRefusedException">Trying again is of no use.</exception>
    Task<object?> HandleAsync(TEffect effect, EffectId id, CancellationToken cancel);
}

/// <summary>The target says no and will say so again: the effect is given up at once, and the message becomes the incident of whoever waits for it.</summary>
public sealed class EffectRefusedException(string message) : Exception(message);

/// <summary>The target cannot take the effect at the moment and did nothing wrong: it is tried again later, and the attempt does not count.</summary>
public sealed class EffectPostponedException(string message) : Exception(message);
