using System.Collections;
using System.Globalization;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>All that a record has in it, lists and records in it too, as a line; what a program prints of its own records.</summary>
internal static class RecordText
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        IFormattable or bool or CancellationToken => $"{value}",
        IEnumerable items => $"[{string.Join(' ', items.Cast<object?>().Select(Of))}]",
        _ when value.GetType().Namespace!.StartsWith(nameof(MLNet), StringComparison.Ordinal) => $"{value.GetType().Name}({string.Join(' ', value.GetType().GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .Select(property => $"{property.Name}={Of(property.GetValue(value))}"))})",
        _ => value.GetType().Name,
    };
}
