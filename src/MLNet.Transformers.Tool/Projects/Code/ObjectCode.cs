using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>
/// A record as the C# expression that makes its equal: an initializer of what differs from the type's own defaults, and of what a reader
/// looks for even where it does not.
/// </summary>
internal static class ObjectCode
{
    private const int GreatestLine = 120;

    /// <summary>Written even where they are as by default: what the search chooses, and what says how large a model is.</summary>
    private static readonly HashSet<string> AlwaysWritten =
    [
        nameof(FineTuningOptions.Epochs), nameof(FineTuningOptions.LearningRate), nameof(FineTuningOptions.Seed),
        nameof(TextFineTuningOptions.Model), nameof(TextFineTuningOptions.MaxLength), nameof(TextFineTuningOptions.BatchTokens), nameof(TextFineTuningOptions.BatchSize),
        "HiddenSize", "Layers", "DecoderLayers", "Heads", "InnerSize", "ImageSize", "PatchSize",
    ];

    /// <summary>The expression, of several lines.</summary>
    /// <param name="value">A record, or anything that is one of the language's literals.</param>
    /// <param name="expressions">What stands for some of its properties instead of their values; null to leave a property out.</param>
    /// <exception cref="NotSupportedException">A property holds something that has no such expression; it is named.</exception>
    public static string Of(object value, IReadOnlyDictionary<string, string?>? expressions = null) =>
        IsObject(value) ? OfObject(value, expressions ?? new Dictionary<string, string?>(), isNested: false) : Of(value, value.GetType().Name);

    private static string Of(object? value, string name) => value switch
    {
        null => "null",
        bool boolean => CSharpText.Of(boolean),
        string text => CSharpText.Of(text),
        char unit => CSharpText.Of(unit),
        double number => CSharpText.Of(number),
        float number => CSharpText.Of(number),
        int or long or short or byte => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Enum choice when Enum.IsDefined(choice.GetType(), choice) => $"{TypeName(choice.GetType())}.{choice}",
        IDictionary => throw NotSupported(value, name),
        IEnumerable items => OfItems(items, name),
        _ when IsObject(value) => OfObject(value, new Dictionary<string, string?>(), isNested: true),
        _ => throw NotSupported(value, name),
    };

    private static string OfObject(object value, IReadOnlyDictionary<string, string?> expressions, bool isNested)
    {
        var type = value.GetType();
        var parameters = Constructor(type).GetParameters();
        var arguments = parameters.Select(parameter => Property(type, parameter).GetValue(value)).ToArray();
        var usual = Constructor(type).Invoke(arguments);
        var initializers = type.GetProperties()
            .Where(property => IsWritable(property) && !parameters.Any(parameter => Property(type, parameter) == property))
            .Select(property => Initializer(property, value, usual, expressions))
            .OfType<string>()
            .ToList();
        var given = string.Join(", ", arguments.Select((argument, index) => Of(argument, parameters[index].Name!)));
        var call = parameters.Length == 0 && initializers.Count > 0 ? $"new {TypeName(type)}" : $"new {TypeName(type)}({given})";
        if (initializers.Count == 0)
            return call;
        var line = $"{call} {{ {string.Join(", ", initializers)} }}";
        return isNested && line.Length <= GreatestLine && !line.Contains('\n', StringComparison.Ordinal)
            ? line
            : $"{call}\n{{\n{string.Concat(initializers.Select(initializer => $"{Indent(initializer)},\n"))}}}";
    }

    private static string? Initializer(PropertyInfo property, object owner, object usual, IReadOnlyDictionary<string, string?> expressions)
    {
        if (expressions.TryGetValue(property.Name, out var expression))
            return expression is null ? null : $"{property.Name} = {expression}";
        var value = property.GetValue(owner);
        var isWanted = !AreEqual(value, property.GetValue(usual))
            || property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null
            || (value is not null && AlwaysWritten.Contains(property.Name));
        return isWanted ? $"{property.Name} = {Of(value, $"{owner.GetType().Name}.{property.Name}")}" : null;
    }

    private static string OfItems(IEnumerable items, string name)
    {
        var parts = items.Cast<object?>().Select(item => Of(item, name)).ToList();
        var line = $"[{string.Join(", ", parts)}]";
        return line.Length <= GreatestLine && !line.Contains('\n', StringComparison.Ordinal)
            ? line
            : $"[\n{string.Concat(parts.Select(part => $"{Indent(part)},\n"))}]";
    }

    // The least that makes one: records with parameters say with them what has no default.
    private static ConstructorInfo Constructor(Type type) => type.GetConstructors().MinBy(constructor => constructor.GetParameters().Length)!;

    private static PropertyInfo Property(Type type, ParameterInfo parameter) => type.GetProperties().SingleOrDefault(property =>
        string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && property.PropertyType == parameter.ParameterType)
        ?? throw new NotSupportedException($"'{type.Name}' has no property that says what its '{parameter.Name}' was.");

    // Where a family has another name for a size, its JSON leaves the common name out: one says both.
    private static bool IsWritable(PropertyInfo property) => property.SetMethod is { IsPublic: true } set && property.GetIndexParameters().Length == 0
        && !(set.GetBaseDefinition() != set && property.GetCustomAttribute<JsonIgnoreAttribute>(inherit: false) is { Condition: JsonIgnoreCondition.Always });

    private static bool IsObject(object value) => value.GetType() is { IsPrimitive: false, IsEnum: false, IsArray: false, Namespace: { } space } type
        && space.StartsWith(nameof(MLNet), StringComparison.Ordinal) && type.GetConstructors().Length > 0;

    private static bool AreEqual(object? one, object? other) => one is IEnumerable items and not string && other is IEnumerable others
        ? items.Cast<object?>().SequenceEqual(others.Cast<object?>())
        : Equals(one, other);

    private static string TypeName(Type type) => type.DeclaringType is { } outer ? $"{TypeName(outer)}.{type.Name}" : type.Name;

    private static string Indent(string code) => $"    {code.Replace("\n", "\n    ", StringComparison.Ordinal)}";

    private static NotSupportedException NotSupported(object value, string name) => new($"'{name}' is a {value.GetType().Name}, which cannot be written as code.");
}
