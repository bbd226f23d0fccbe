using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The loadable classes and extensions of the assemblies that were registered.</summary>
public sealed class ComponentCatalog
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _assemblies = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, Type Signature), LoadableClass> _classes = [];
    private readonly Dictionary<(Type Attribute, string Contract), Type> _extensions = [];

    internal ComponentCatalog()
    {
    }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly.FullName))
                return;
            foreach (var attribute in assembly.GetCustomAttributes(typeof(LoadableClassAttributeBase), true).Cast<LoadableClassAttributeBase>())
                Add(new(attribute, throwOnError), throwOnError);
            if (CanContainExtensions(assembly))
                AddExtensions(assembly, throwOnError);
        }
    }

    internal static bool TryCreateInstance<TRes, TSig>(
        IHostEnvironment env, out TRes result, string name, string options, params object[] extra)
        where TRes : class
    {
        Contracts.CheckValue(env, nameof(env));
        LoadableClass found;
        lock (env.ComponentCatalog._lock)
            env.ComponentCatalog._classes.TryGetValue(((name ?? "").ToLowerInvariant().Trim(), typeof(TSig)), out found);
        if (found is not null && !string.IsNullOrEmpty(options))
            throw env.Except("Loadable class '{0}' doesn't support settings", name);
        result = (TRes)found?.Create(env, name, typeof(TRes), extra);
        return result is not null;
    }

    internal object GetExtensionValue(IHostEnvironment env, Type attributeType, string contractName)
    {
        Type extension;
        lock (_lock)
            _extensions.TryGetValue((attributeType, contractName), out extension);
        return extension is null
            ? throw env.Except(
                $"Unable to locate an extension for the contract '{contractName}'. Ensure you have called "
                + $"{nameof(ComponentCatalog)}.{nameof(RegisterAssembly)} with the Assembly that contains a class decorated with a '{attributeType.FullName}'.")
            : Activator.CreateInstance(extension);
    }

    private static bool CanContainExtensions(Assembly assembly)
    {
        var own = typeof(ComponentCatalog).Assembly;
        return assembly != own
            && !(assembly.FullName.StartsWith("Microsoft.ML.", StringComparison.Ordinal)
                && assembly.GetName().GetPublicKey().AsSpan().SequenceEqual(own.GetName().GetPublicKey()));
    }

    private void Add(LoadableClass loadable, bool throwOnError)
    {
        foreach (var signature in loadable.Attribute.SigTypes)
        {
            foreach (var name in loadable.Attribute.LoadNames)
            {
                var key = (name.ToLowerInvariant(), signature);
                if (!_classes.TryAdd(key, loadable) && throwOnError)
                {
                    throw Contracts.Except(
                        $"ComponentCatalog cannot map name '{name}' and SignatureType '{signature}' to "
                        + $"{loadable.Attribute.InstanceType.Name}, already mapped to {_classes[key].Attribute.InstanceType.Name}.");
                }
            }
        }
    }

    private void AddExtensions(Assembly assembly, bool throwOnError)
    {
        foreach (var type in assembly.GetTypes().Where(type => type.IsClass))
        {
            foreach (var attribute in type.GetCustomAttributes<ExtensionBaseAttribute>())
            {
                var key = (attribute.GetType(), attribute.ContractName);
                if (!_extensions.TryAdd(key, type) && throwOnError)
                {
                    throw Contracts.Except(
                        $"An extension for '{key.Item1.Name}' with contract '{key.ContractName}' has already been registered in the ComponentCatalog.");
                }
            }
        }
    }
}
