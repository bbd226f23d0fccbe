[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.MissingValueIndicatorTransformer), null, typeof(SignatureLoadModel),
    "NA Indicator Transform", Microsoft.ML.Transforms.MissingValueIndicatorTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Tells which values are missing: NaN, or the key 0.</summary>
public sealed class MissingValueIndicatorTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NaIndicatorTransform";

    internal MissingValueIndicatorTransformer(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(MissingValueIndicatorTransformer)), columns)
    {
    }

    private MissingValueIndicatorTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        var itemType = (PrimitiveDataViewType)input.Type.GetItemType();
        if (!PrimitiveValues.CanMiss(itemType))
            throw Host.Except($"No IsNA predicate for '{itemType}'");
        return Generic.Invoke<MappedColumn>(MapColumn<int>, itemType.RawType, output, input, itemType);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
    }

    private static MissingValueIndicatorTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(MissingValueIndicatorTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("NAIND TF", LoaderSignature);

    private static MappedColumn MapColumn<T>(string output, DataViewSchema.Column input, PrimitiveDataViewType itemType)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        annotations.AddFlag(AnnotationKinds.IsNormalized);
        var isMissing = PrimitiveValues.MissingTest<T>(itemType);
        return MappedColumn.Create(output, input.Type.WithItems(BooleanDataViewType.Instance), annotations.ToAnnotations(), [input],
            row => ItemMapping.MakeGetter(row.Input, input, isMissing));
    }
}
