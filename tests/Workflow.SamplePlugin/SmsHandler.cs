using Microsoft.Extensions.Configuration;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;

namespace Workflow.SamplePlugin;

/// <summary>Does the effect: a gateway that takes messages as files of a folder.</summary>
public sealed class SmsHandler(IConfiguration configuration) : IEffectHandler<SmsMessage>
{
    public async Task<object?> HandleAsync(SmsMessage effect, EffectId id, CancellationToken cancel)
    {
        // Trying again would not help: the waiting activity gets this as an incident.
        if (!effect.To.All(char.IsAsciiDigit)) throw new EffectRefusedException($"expected a telephone number, found '{effect.To}'");

        // Any other exception is tried again later. The id is the same each time, so twice done is still one message.
        var folder = configuration["Sms:Folder"] ?? throw new InvalidOperationException("expected the setting Sms:Folder, found nothing");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.txt"), $"{effect.To}\n{effect.Text}\n", cancel);
        return new { message = id.ToString() };
    }
}
