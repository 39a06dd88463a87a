using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflow.Engine.Instances;

namespace Workflow.Engine.Effects;

/// <summary>A handler and the kind of effect that it does.</summary>
public sealed record EffectHandling(string Kind, Func<JsonElement, EffectId, CancellationToken, Task<object?>> HandleAsync)
{
    public static EffectHandling Of<TEffect>(IEffectHandler<TEffect> handler)
        where TEffect : notnull =>
        new(EffectAttribute.NameOf(typeof(TEffect)), (payload, id, cancel) => handler.HandleAsync(Read<TEffect>(payload), id, cancel));

    private static TEffect Read<TEffect>(JsonElement payload)
        where TEffect : notnull
    {
        try
        {
            return payload.Deserialize<TEffect>(InstanceJson.Options) ?? throw new EffectRefusedException($"expected a {typeof(TEffect).Name}, found null");
        }
        catch (JsonException problem)
        {
            throw new EffectRefusedException($"expected a {typeof(TEffect).Name}, found JSON that is none: {problem.Message}");
        }
    }
}

/// <summary>The handlers of this process, by kind of effect.</summary>
public sealed class EffectHandlers
{
    private readonly Dictionary<string, EffectHandling> byKind = new(StringComparer.Ordinal);

    public EffectHandlers(IEnumerable<EffectHandling> handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        foreach (var handler in handlers)
            if (!byKind.TryAdd(handler.Kind, handler)) throw new InvalidOperationException($"effect '{handler.Kind}': expected one handler, found two");
    }

    public EffectHandling? Find(string kind) => byKind.GetValueOrDefault(kind);
}

/// <summary>How a host says which handlers there are.</summary>
public static class EffectServices
{
    private static readonly MethodInfo Add = typeof(EffectServices).GetMethod(nameof(AddEffectHandler), 2, [typeof(IServiceCollection)])!;

    /// <summary>Lets <typeparamref name="THandler"/> do the effects of type <typeparamref name="TEffect"/>.</summary>
    public static IServiceCollection AddEffectHandler<TEffect, THandler>(this IServiceCollection services)
        where TEffect : notnull
        where THandler : class, IEffectHandler<TEffect>
    {
        services.AddSingleton<THandler>();
        return services.AddSingleton(provider => EffectHandling.Of<TEffect>(provider.GetRequiredService<THandler>()));
    }

    /// <summary>Lets a type do every type of effect that it is a handler of.</summary>
    public static IServiceCollection AddEffectHandler(this IServiceCollection services, Type handler)
    {
        foreach (var effect in EffectsOf(handler)) Add.MakeGenericMethod(effect, handler).Invoke(null, [services]);
        return services;
    }

    /// <summary>The types of effects that a type handles; none when it is no handler.</summary>
    public static IReadOnlyList<Type> EffectsOf(Type handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return [.. handler.GetInterfaces().Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEffectHandler<>)).Select(type => type.GenericTypeArguments[0])];
    }
}
