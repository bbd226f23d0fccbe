[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.KeyToValueMappingTransformer), null, typeof(SignatureLoadModel),
    "Key To Value Transform", Microsoft.ML.Transforms.KeyToValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into the values of their annotation; a missing key becomes the missing value.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    internal KeyToValueMappingTransformer(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(KeyToValueMappingTransformer)), columns)
    {
    }

    private KeyToValueMappingTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        var keys = input.Type.GetItemType();
        var values = KeyAnnotations.Type(input) ?? throw Host.Except("Metadata KeyValues does not exist");
        Host.Check((ulong)values.Size == keys.GetKeyCount(), "KeyValues metadata size does not match column type key count");
        return Generic.Invoke<MappedColumn>(MapColumn<int, int>, keys.RawType, values.ItemType.RawType, output, input, values.ItemType);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
    }

    private static KeyToValueMappingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(KeyToValueMappingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("KEY2VALT", LoaderSignature);

    private static MappedColumn MapColumn<TKey, TValue>(string output, DataViewSchema.Column input, PrimitiveDataViewType valueType)
        where TKey : struct
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        VBuffer<TValue> annotated = default;
        input.GetKeyValues(ref annotated);
        TValue[] values = [.. annotated.DenseValues()];
        var missing = PrimitiveValues.Missing<TValue>();
        var position = KeyGetters.Position<TKey>();
        return MappedColumn.Create(output, input.Type.WithItems(valueType), annotations.ToAnnotations(), [input],
            row => ItemMapping.MakeGetter<TKey, TValue>(row.Input, input, key =>
                position(key) is var at && (ulong)at < (ulong)values.Length ? values[at] : missing));
    }
}
