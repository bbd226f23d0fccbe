namespace Microsoft.ML;

/// <summary>What is known of a loadable class: its type, who makes it, and the names and signatures to find it by.</summary>
internal abstract class LoadableClassAttributeBase : Attribute
{
    protected LoadableClassAttributeBase(
        string summary, Type instType, Type loaderType, Type argType, Type[] sigTypes, string userName, params string[] loadNames)
    {
        InstanceType = Contracts.CheckValue(instType, nameof(instType));
        LoaderType = Contracts.CheckValue(loaderType, nameof(loaderType));
        Contracts.CheckNonEmpty(null, sigTypes, nameof(sigTypes));
        LoadNames = loadNames is { Length: > 0 } ? loadNames : [userName];
        if (LoadNames.Any(string.IsNullOrWhiteSpace))
            throw Contracts.ExceptParam(nameof(loadNames), "LoadableClass loadName parameter can't be empty");
        ArgType = argType;
        SigTypes = sigTypes;
        Summary = summary;
        UserName = userName;
        var parameters = ParametersOf(sigTypes[0]);
        Contracts.CheckParam(sigTypes.All(type => ParametersOf(type).SequenceEqual(parameters)), nameof(sigTypes),
            "LoadableClass signatures must have the same set of parameters");
        CtorTypes = argType is null ? parameters : [argType, .. parameters];
    }

    public Type InstanceType { get; }

    public Type LoaderType { get; }

    public Type ArgType { get; }

    public Type[] SigTypes { get; }

    public Type[] CtorTypes { get; }

    public string Summary { get; }

    public string UserName { get; }

    public string[] LoadNames { get; }

    public string DocName { get; set; }

    private static Type[] ParametersOf(Type signature)
    {
        Contracts.CheckValue(signature, "sigTypes");
        Contracts.CheckParam(signature.BaseType == typeof(MulticastDelegate), "sigTypes",
            "LoadableClass signature type must be a delegate type");
        return [.. signature.GetMethod("Invoke").GetParameters().Select(parameter => parameter.ParameterType)];
    }
}
