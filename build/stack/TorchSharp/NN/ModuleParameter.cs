namespace TorchSharp.Modules;

/// <summary>A module keeps its parameters whatever dispose scope they were made in.</summary>
internal static class ModuleParameter
{
    public static Parameter? Keep(Parameter? value) => (Parameter?)value?.DetachFromDisposeScope();
}
