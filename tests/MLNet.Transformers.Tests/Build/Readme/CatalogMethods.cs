using System.Reflection;
using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Tests.Build;

/// <summary>The methods that the library puts on <c>mlContext</c>.</summary>
internal static class CatalogMethods
{
    /// <summary>All of them, with their overloads.</summary>
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(TaskCatalogs).Assembly.GetExportedTypes()
            .Where(type => type != typeof(TaskCatalogs) && (type.Name.EndsWith("Catalog", StringComparison.Ordinal) || type.Name.EndsWith("Trainers", StringComparison.Ordinal)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName),
    ];

    /// <summary>What a method is called on.</summary>
    public static Type ReceiverOf(MethodInfo method) =>
        method.IsDefined(typeof(ExtensionAttribute)) ? method.GetParameters()[0].ParameterType : method.DeclaringType!;
}
