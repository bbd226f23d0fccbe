using System.Reflection;
using System.Text.Json;

namespace MLNet.Transformers.Serving.Rows;

/// <summary>A column of a row type, set from a JSON value.</summary>
internal sealed class JsonColumn
{
    private const string SampleText = "sample";

    /// <summary>Bytes are of images more often than of anything else: a PNG of one pixel.</summary>
    private const string SampleBytes = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>JSON has no infinity, but numbers so large that they would become it.</summary>
    private const string NotFinite = "A number does not fit the type of the column.";

    private static readonly JsonSerializerOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private static readonly HashSet<Type> Scalars =
    [
        typeof(string), typeof(ReadOnlyMemory<char>), typeof(bool), typeof(float), typeof(double), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
    ];

    private readonly Type type;
    private readonly Action<object, object?> set;

    private JsonColumn(string name, Type type, Action<object, object?> set)
    {
        Name = name;
        this.type = type;
        this.set = set;
    }

    /// <summary>The column's ML.NET name.</summary>
    public string Name { get; }

    /// <summary>The column, if its type is one that JSON gives: text, a number, true or false, a time, or an array of them (bytes as base64).</summary>
    public static JsonColumn? OrNull(Type rowType, string name, string memberName)
    {
        var field = rowType.GetField(memberName);
        var property = field is null ? rowType.GetProperty(memberName) : null;
        var type = field?.FieldType ?? property!.PropertyType;
        return !Scalars.Contains(type.IsArray ? type.GetElementType()! : type) ? null
            : new JsonColumn(name, type, field is not null ? field.SetValue : property!.SetValue);
    }

    /// <summary>A value's kind, for messages.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    /// <summary>Sets the column; the result is what is wrong with the value, or null.</summary>
    public string? Read(JsonElement value, object row, bool needed, BatchedPredictionOptions limits)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return needed ? "The model needs this column, so it cannot be null." : type.IsValueType ? $"It must be {Expected(type)}, and not null." : null;
        }
        object? read;
        try
        {
            read = type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? Text(value) : value.Deserialize(type, Strict);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            read = null;
        }
        catch (InvalidOperationException)
        {
            return "The text is not valid Unicode: it has half of a surrogate pair, or bytes that are no UTF-8.";
        }
        var error = read switch
        {
            null => $"It must be {Expected(type)}, and not {Describe(value)}{(value.ValueKind == JsonValueKind.Number ? " that does not fit" : "")}.",
            string text => TextError(text, needed, limits),
            float number when !float.IsFinite(number) => NotFinite,
            double number when !double.IsFinite(number) => NotFinite,
            float[] numbers when !Array.TrueForAll(numbers, float.IsFinite) => NotFinite,
            double[] numbers when !Array.TrueForAll(numbers, double.IsFinite) => NotFinite,
            string?[] texts => texts.Select(text => text is null ? "A text cannot be null." : TextError(text, needed, limits)).FirstOrDefault(found => found is not null),
            _ => null,
        };
        if (error is null)
        {
            set(row, type == typeof(ReadOnlyMemory<char>) ? ((string)read!).AsMemory() : read);
        }
        return error;
    }

    /// <summary>Sets the column to something that its type can hold.</summary>
    public void SetSample(object row) => set(row, Sample(type));

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? TextError(string text, bool needed, BatchedPredictionOptions limits) =>
        text.Length > limits.MaxTextLength ? $"The text has {text.Length} characters, and {limits.MaxTextLength} are the most."
        : needed && !limits.AllowBlankTexts && string.IsNullOrWhiteSpace(text) ? "The text is blank."
        : null;

    private static object? Sample(Type type) =>
        type == typeof(string) ? SampleText
        : type == typeof(ReadOnlyMemory<char>) ? SampleText.AsMemory()
        : type == typeof(byte[]) ? Convert.FromBase64String(SampleBytes)
        : !type.IsArray ? Activator.CreateInstance(type)
        : Array.CreateInstance(type.GetElementType()!, 0);

    private static string Expected(Type type) =>
        type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? "a text"
        : type == typeof(byte[]) ? "a text of bytes in base64"
        : type.IsArray ? $"an array, each item {Expected(type.GetElementType()!)}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(float) || type == typeof(double) ? "a number"
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "a text with a time, as ISO 8601 writes it"
        : type == typeof(TimeSpan) ? "a text with a duration, such as 00:00:30"
        : $"a whole number from {Bound(type, "MinValue")} to {Bound(type, "MaxValue")}";

    private static object? Bound(Type type, string name) => type.GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
}
