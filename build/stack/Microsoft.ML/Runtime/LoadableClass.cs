using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>A loadable class and the constructor or static <c>Create</c> method that makes it.</summary>
internal sealed class LoadableClass
{
    private readonly MethodBase _maker;
    private readonly bool _takesEnvironment;

    public LoadableClass(LoadableClassAttributeBase attribute, bool throwOnError)
    {
        Attribute = attribute;
        Type[] withEnvironment = [typeof(IHostEnvironment), .. attribute.CtorTypes];
        var constructor = FindConstructor(attribute, attribute.CtorTypes) ?? FindConstructor(attribute, withEnvironment);
        var create = FindCreate(attribute, attribute.CtorTypes) ?? FindCreate(attribute, withEnvironment);
        if (constructor is not null && create is not null && Openness(constructor) == Openness(create))
        {
            throw Contracts.Except(
                $"Can't load type {attribute.InstanceType}, because it has both create and constructor methods with the same visibility. "
                + "Please indicate which one should be used by changing either the signature or the visibility of one of them.");
        }

        _maker = constructor is null || create is null
            ? (MethodBase)constructor ?? create
            : Openness(constructor) > Openness(create) ? constructor : create;
        if (_maker is null && throwOnError)
        {
            throw Contracts.Except($"Can't instantiate loadable class '{attribute.InstanceType.Name}' with name '{attribute.LoadNames[0]}'");
        }

        _takesEnvironment = _maker?.GetParameters().Length > attribute.CtorTypes.Length;
    }

    public LoadableClassAttributeBase Attribute { get; }

    public object Create(IHostEnvironment environment, string name, Type expected, object[] arguments)
    {
        if (!expected.IsAssignableFrom(Attribute.InstanceType))
            throw environment.Except("Loadable class '{0}' does not derive from '{1}'", name, expected.FullName);
        if (arguments.Length != Attribute.CtorTypes.Length)
        {
            throw environment.Except("Wrong number of extra parameters for loadable class '{0}', need '{1}', given '{2}'",
                name, Attribute.CtorTypes.Length, arguments.Length);
        }

        if (_maker is null)
            throw Contracts.Except($"Can't instantiate class '{Attribute.InstanceType.Name}'");
        if (_takesEnvironment)
            arguments = [environment, .. arguments];
        try
        {
            return _maker is ConstructorInfo constructor ? constructor.Invoke(arguments) : _maker.Invoke(null, arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException?.Data.Contains(Contracts.IsMarkedKey) == true)
        {
            throw Contracts.Mark(new InvalidOperationException("Error during class instantiation", exception));
        }
    }

    private static ConstructorInfo FindConstructor(LoadableClassAttributeBase attribute, Type[] parameters) =>
        attribute.InstanceType.IsAssignableFrom(attribute.LoaderType)
            ? attribute.LoaderType.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, parameters)
            : null;

    private static MethodInfo FindCreate(LoadableClassAttributeBase attribute, Type[] parameters)
    {
        const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        var method = attribute.LoaderType.GetMethod("Create", Static, parameters);
        return method?.DeclaringType == attribute.LoaderType && method.ReturnType == attribute.InstanceType ? method : null;
    }

    private static int Openness(MethodBase method) =>
        method switch
        {
            { IsFamilyAndAssembly: true } => 0,
            { IsPrivate: true } => 1,
            { IsFamily: true } => 2,
            { IsFamilyOrAssembly: true } => 3,
            { IsAssembly: true } => 4,
            _ => 5,
        };
}
