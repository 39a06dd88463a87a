using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Running;

/// <summary>How long to wait before an effect is tried again.</summary>
public static class Backoff
{
    /// <summary>
    /// Doubles with each attempt up to the longest pause, and of that takes between half and all. Which part follows from the effect's id: effects
    /// that failed together do not come back together, and the same effect always waits the same time.
    /// </summary>
    /// <param name="attempts">Attempts that have failed, from 1.</param>
    public static TimeSpan After(int attempts, EffectId id, DeliveryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var longest = Math.Min(options.FirstPauseSeconds * Math.Pow(2, attempts - 1), options.MaxPauseSeconds);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}:{attempts}")));
        var part = BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(longest * (0.5 + (part / 2)));
    }
}
