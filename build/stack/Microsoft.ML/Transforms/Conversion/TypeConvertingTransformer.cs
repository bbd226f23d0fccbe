[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.TypeConvertingTransformer), null, typeof(SignatureLoadModel),
    "Convert Transform", Microsoft.ML.Transforms.TypeConvertingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ConvertTransform";

    internal TypeConvertingTransformer(
        IHostEnvironment environment, DataKind outputKind, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(TypeConvertingTransformer)), columns) => OutputKind = outputKind;

    private TypeConvertingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => OutputKind = (DataKind)context.Reader.ReadByte();

    internal DataKind OutputKind { get; }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        var source = (PrimitiveDataViewType)input.Type.GetItemType();
        var target = Target(source);
        var convert = target is KeyDataViewType || source is not KeyDataViewType
            ? TypeConversion.FindOrNull(source.RawType, target.RawType) : null;
        if (convert is null)
            throw Host.ExceptParam("inputSchema",
                $"source column '{input.Name}' with item type '{input.Type}' is not compatible with destination type '{target}'");

        var annotations = new DataViewSchema.Annotations.Builder();
        if (input.Type.IsKnownSizeVector())
            annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        if (target is KeyDataViewType)
            annotations.Add(input.Annotations, name => name == AnnotationKinds.KeyValues);
        if (source is NumberDataViewType && target is NumberDataViewType)
            annotations.Add(input.Annotations, name => name == AnnotationKinds.IsNormalized);
        if (input.Type is BooleanDataViewType && target is NumberDataViewType)
            annotations.AddFlag(AnnotationKinds.IsNormalized);
        return Generic.Invoke<MappedColumn>(MapColumn<int, int>, source.RawType, target.RawType,
            output, input.Type.WithItems(target), annotations.ToAnnotations(), input, convert);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.Writer.Write((byte)OutputKind);
    }

    private static TypeConvertingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(TypeConvertingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("CONVERTF", LoaderSignature);

    private static MappedColumn MapColumn<TSource, TTarget>(
        string output, DataViewType type, DataViewSchema.Annotations annotations, DataViewSchema.Column input, Func<TSource, TTarget> convert) =>
        MappedColumn.Create(output, type, annotations, [input], row => ItemMapping.MakeGetter(row.Input, input, convert));

    /// <summary>Keys become keys of the same count, of another raw type.</summary>
    private PrimitiveDataViewType Target(PrimitiveDataViewType source)
    {
        var type = PrimitiveTypes.Of(OutputKind);
        if (source is not KeyDataViewType key || !KeyDataViewType.IsValidDataType(type.RawType))
            return type;
        var fits = key.Count <= (Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.Byte => byte.MaxValue,
            TypeCode.UInt16 => ushort.MaxValue,
            TypeCode.UInt32 => uint.MaxValue,
            _ => ulong.MaxValue,
        });
        return fits ? new KeyDataViewType(type.RawType, key.Count) : type;
    }
}
