[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Image.VectorToImageConvertingTransformer), null, typeof(SignatureLoadModel),
    "Vector To Image Transform", Microsoft.ML.Transforms.Image.VectorToImageConvertingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes images of vectors that hold their colours.</summary>
public sealed class VectorToImageConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "VectorToImageConverter";

    internal readonly ImageMaking Making;

    internal VectorToImageConvertingTransformer(
        IHostEnvironment environment, ImageMaking making, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(LoaderSignature), columns) => Making = making;

    private VectorToImageConvertingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => Making = new(context.Reader);

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType vector)
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, "image", input.Type.ToString());
        var expected = Making.VectorOf(vector.ItemType);
        if (vector.Size != expected.Size)
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, expected.ToString(), vector.ToString());
        return MappedColumn.Create(output, Making.Type, null, [input], row => vector.ItemType.RawType switch
        {
            var item when item == typeof(float) => Getter<float>(row, input, value => value),
            var item when item == typeof(double) => Getter<double>(row, input, value => (float)value),
            var item when item == typeof(byte) => Getter<byte>(row, input, value => value),
            _ => throw Contracts.Except("We only support float, double or byte arrays"),
        });
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        Making.Save(context.Writer);
    }

    private static VectorToImageConvertingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(LoaderSignature), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("VECTOIMG", LoaderSignature);

    private ValueGetter<MLImage> Getter<T>(MappedRow row, DataViewSchema.Column input, Func<T, float> number)
    {
        var get = row.GetGetter<VBuffer<T>>(input);
        VBuffer<T> values = default;
        VBuffer<T> dense = default;
        return (ref MLImage image) =>
        {
            get(ref values);
            if (values.GetValues().Length == 0)
            {
                image = null;
                return;
            }

            values.CopyToDense(ref dense);
            image = Making.Make(dense.GetValues(), number);
        };
    }
}
