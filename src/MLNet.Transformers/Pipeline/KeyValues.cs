using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Pipeline;

/// <summary>The values that the keys of a column stand for, of whatever type they are.</summary>
internal abstract class KeyValues
{
    /// <summary>The name of the annotation that holds them.</summary>
    public const string Annotation = "KeyValues";

    private static readonly KeyValues[] Known =
    [
        new Of<ReadOnlyMemory<char>>(TextDataViewType.Instance),
        new Of<bool>(BooleanDataViewType.Instance),
        new Of<sbyte>(NumberDataViewType.SByte), new Of<byte>(NumberDataViewType.Byte),
        new Of<short>(NumberDataViewType.Int16), new Of<ushort>(NumberDataViewType.UInt16),
        new Of<int>(NumberDataViewType.Int32), new Of<uint>(NumberDataViewType.UInt32),
        new Of<long>(NumberDataViewType.Int64), new Of<ulong>(NumberDataViewType.UInt64),
        new Of<float>(NumberDataViewType.Single), new Of<double>(NumberDataViewType.Double),
        new Of<DateTime>(DateTimeDataViewType.Instance),
        new Of<DateTimeOffset>(DateTimeOffsetDataViewType.Instance),
        new Of<TimeSpan>(TimeSpanDataViewType.Instance),
    ];

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new TextConverter() },
    };

    private KeyValues(PrimitiveDataViewType itemType) => ItemType = itemType;

    /// <summary>The type of one value.</summary>
    public PrimitiveDataViewType ItemType { get; }

    /// <summary>The values as text, in the order of the keys.</summary>
    public abstract IReadOnlyList<string> Texts { get; }

    /// <summary>The values of a key column, or null where it names none.</summary>
    public static KeyValues? From(DataViewSchema.Column column)
    {
        var annotation = column.Annotations.Schema.GetColumnOrNull(Annotation);
        return annotation?.Type is VectorDataViewType vector ? Find(vector.ItemType)?.Read(column.Annotations) : null;
    }

    /// <summary>Stands for values that are not known yet; null where the column will name none.</summary>
    public static KeyValues? Promised(SchemaShape.Column column, int count) =>
        column.Annotations.Where(annotation => annotation.Name == Annotation)
            .Select(annotation => Find(annotation.ItemType)?.Empty(count)).FirstOrDefault();

    /// <summary>Texts, in the order of their keys.</summary>
    public static KeyValues FromTexts(IEnumerable<string> texts) =>
        new Of<ReadOnlyMemory<char>>(TextDataViewType.Instance, [.. texts.Select(text => text.AsMemory())]);

    /// <summary>What <see cref="ToJson"/> gave.</summary>
    /// <exception cref="FormatException">The text is not that.</exception>
    public static KeyValues FromJson(JsonNode json)
    {
        var name = (string?)json["type"];
        var kind = Known.FirstOrDefault(known => known.ItemType.RawType.Name == name)
            ?? throw new FormatException($"Key values of the unknown type '{name}'.");
        return kind.Parse(json["values"] ?? throw new FormatException("Key values without 'values'."));
    }

    public JsonNode ToJson() => new JsonObject { ["type"] = ItemType.RawType.Name, ["values"] = Values() };

    /// <summary>Adds the values under that name.</summary>
    public abstract void Annotate(DataViewSchema.Annotations.Builder builder, string name);

    private protected abstract KeyValues Read(DataViewSchema.Annotations annotations);

    private protected abstract KeyValues Empty(int count);

    private protected abstract KeyValues Parse(JsonNode values);

    private protected abstract JsonNode? Values();

    private static KeyValues? Find(DataViewType type) => Known.FirstOrDefault(known => known.ItemType.RawType == type.RawType);

    private sealed class Of<T>(PrimitiveDataViewType itemType, T[]? values = null) : KeyValues(itemType)
    {
        private readonly T[] values = values ?? [];

        public override IReadOnlyList<string> Texts { get; } =
            [.. (values ?? []).Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")];

        public override void Annotate(DataViewSchema.Annotations.Builder builder, string name) => builder.Add(
            name,
            new VectorDataViewType(ItemType, values.Length),
            (ref VBuffer<T> target) =>
            {
                var editor = VBufferEditor.Create(ref target, values.Length);
                values.CopyTo(editor.Values);
                target = editor.Commit();
            });

        private protected override KeyValues Read(DataViewSchema.Annotations annotations)
        {
            VBuffer<T> found = default;
            annotations.GetValue(Annotation, ref found);
            return new Of<T>(ItemType, [.. found.DenseValues()]);
        }

        private protected override KeyValues Empty(int count) => new Of<T>(ItemType, new T[count]);

        private protected override KeyValues Parse(JsonNode values) => new Of<T>(ItemType, values.Deserialize<T[]>(Json));

        private protected override JsonNode? Values() => JsonSerializer.SerializeToNode(values, Json);
    }

    private sealed class TextConverter : JsonConverter<ReadOnlyMemory<char>>
    {
        public override ReadOnlyMemory<char> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString().AsMemory();

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<char> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Span);
    }
}
