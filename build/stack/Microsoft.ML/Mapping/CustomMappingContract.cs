using System.Reflection;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ITransformer), typeof(CustomMappingContract), null, typeof(SignatureLoadModel), "",
    CustomMappingContract.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>A custom mapping in a model file: the name of its contract and of the assembly whose factory fulfils it.</summary>
internal static class CustomMappingContract
{
    public const string LoaderSignature = "CustomTransformer";

    private static VersionInfo Version => new(
        modelSignature: "CUSTOMXF",
        verWrittenCur: 0x00010002,
        verReadableCur: 0x00010002,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(CustomMappingContract).Assembly.FullName,
        loaderSignature: LoaderSignature);

    public static void Save(IHost host, ModelSaveContext ctx, string contractName, Delegate mapAction)
    {
        if (contractName is null)
            throw host.Except("Empty contract name for a transform: the transform cannot be saved");
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveString(contractName);
        ctx.SaveString(mapAction.Method.DeclaringType.Assembly.FullName);
    }

    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var contractName = ctx.LoadString();
        // Before the second version a model did not say where its contract is.
        if (ctx.Header.ModelVerWritten >= Version.VerReadableCur)
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(ctx.LoadString()));
        var found = env.ComponentCatalog.GetExtensionValue(env, typeof(CustomMappingFactoryAttributeAttribute), contractName);
        return found is ICustomMappingFactory factory
            ? factory.CreateTransformer(env, contractName)
            : throw env.Except(
                $"The class with contract '{contractName}' must derive from '{typeof(CustomMappingFactory<,>).FullName}' "
                + $"or from '{typeof(StatefulCustomMappingFactory<,,>).FullName}'.");
    }
}
