using System.Reflection;
using System.Runtime.Loader;
using Workflow.Activities;
using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;

namespace Workflow.Server.Hosting;

/// <summary>
/// An assembly of somebody else: its public activities with a constructor without parameters join the catalogue, its public handlers do their effects.
/// What the server has (the engine above all) is shared with it; what else it needs lies beside it.
/// </summary>
internal sealed record Plugin(string Path, IReadOnlyList<Activity> Activities, IReadOnlyList<Type> Handlers)
{
    /// <exception cref="UnusableFileException">One of them cannot be used; the message says why.</exception>
    public static IReadOnlyList<Plugin> Load(IEnumerable<string> paths)
    {
        var plugins = paths.Select(Load).ToList();
        CheckOnce(plugins, plugin => plugin.Activities.Select(activity => activity.Descriptor.Type), BuiltInActivities.Catalog().Types.Select(type => type.Descriptor.Type), "activity type");
        CheckOnce(plugins, plugin => plugin.Handlers.SelectMany(EffectServices.EffectsOf).Select(EffectAttribute.NameOf), ServerHost.OwnEffects, "effect");
        return plugins;
    }

    public static ActivityCatalog Catalog(IEnumerable<Plugin> plugins) => BuiltInActivities.Catalog(plugins.SelectMany(plugin => plugin.Activities));

    private static Plugin Load(string path)
    {
        var file = System.IO.Path.GetFullPath(path);
        if (!File.Exists(file)) throw new UnusableFileException($"{path}: expected a plug-in assembly, found nothing");
        try
        {
            var types = new Context(file).LoadFromAssemblyPath(file).GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }).ToList();
            var activities = types.Where(type => type.IsSubclassOf(typeof(Activity)) && type.GetConstructor(Type.EmptyTypes) is not null).Select(type => (Activity)Activator.CreateInstance(type)!).ToList();
            var handlers = types.Where(type => EffectServices.EffectsOf(type).Count > 0).ToList();
            foreach (var effect in handlers.SelectMany(EffectServices.EffectsOf)) EffectAttribute.NameOf(effect);
            return activities.Count + handlers.Count > 0
                ? new(path, activities, handlers)
                : throw new UnusableFileException($"{path}: expected a public activity with a constructor without parameters, or an effect handler, found none");
        }
        catch (Exception problem) when (problem is BadImageFormatException or IOException or TypeLoadException or MissingMemberException or InvalidOperationException)
        {
            throw new UnusableFileException($"{path}: expected an assembly that was built against this version of Workflow.Engine, found {problem.Message}");
        }
        catch (TargetInvocationException problem)
        {
            throw new UnusableFileException($"{path}: expected activities that can be created, found {problem.InnerException?.Message}");
        }
    }

    private static void CheckOnce(IEnumerable<Plugin> plugins, Func<Plugin, IEnumerable<string>> names, IEnumerable<string> taken, string what)
    {
        var known = new HashSet<string>(taken, StringComparer.OrdinalIgnoreCase);
        foreach (var plugin in plugins)
            foreach (var name in names(plugin))
                if (!known.Add(name)) throw new UnusableFileException($"{plugin.Path}: expected {what}s of its own, found '{name}', which is there already");
    }

    private sealed class Context(string file) : AssemblyLoadContext(System.IO.Path.GetFileNameWithoutExtension(file))
    {
        private readonly AssemblyDependencyResolver resolver = new(file);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            try
            {
                return Default.LoadFromAssemblyName(assemblyName);
            }
            catch (IOException)
            {
                return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
            }
        }
    }
}
