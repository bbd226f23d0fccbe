using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.ML;

namespace MLNet.Transformers.Tests.Build;

/// <summary>A line of code that calls a method of a catalog.</summary>
/// <param name="Code">The line, as it was compiled.</param>
internal sealed partial record ComponentLine(string Code)
{
    /// <summary>The method that it calls.</summary>
    /// <exception cref="InvalidOperationException">The line calls none of ours.</exception>
    public MethodInfo Method
    {
        get
        {
            var call = Call().Match(Code);
            var path = call.Groups["path"].Captures.Select(part => part.Value).ToList();
            var catalog = path.Aggregate(typeof(MLContext), TypeOf);
            return CatalogMethods.All.FirstOrDefault(method => method.Name == call.Groups["method"].Value && CatalogMethods.ReceiverOf(method) == catalog)
                ?? throw new InvalidOperationException($"'{Code}' calls no method of a catalog.");
        }
    }

    /// <summary>The type of a property of a catalog, of ML.NET's or of ours.</summary>
    private static Type TypeOf(Type catalog, string property) =>
        catalog.GetProperty(property)?.PropertyType ?? typeof(TaskCatalogs).GetMethod($"get_{property}")!.ReturnType;

    [GeneratedRegex(@"^mlContext(\.(?<path>\w+))*\.(?<method>\w+)\(")]
    private static partial Regex Call();
}
