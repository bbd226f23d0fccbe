[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Image.ImageResizingTransformer), null, typeof(SignatureLoadModel),
    "Image Resizer Transform", Microsoft.ML.Transforms.Image.ImageResizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Brings images to one size. As in the packages, an image that has it already is passed on, not copied.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ImageScalerTransform";

    internal readonly ImageResizing Resizing;

    internal ImageResizingTransformer(
        IHostEnvironment environment, ImageResizing resizing, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register("ImageScaler"), columns) => Resizing = resizing;

    private ImageResizingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => Resizing = new(context.Reader);

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        input.CheckImage(Host);
        return MappedColumn.Create(output, Resizing.Type, null, [input], row => Getter(row.GetGetter<MLImage>(input)));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        Resizing.Save(context.Writer);
    }

    private static ImageResizingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register("ImageScaler"), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("IMGSCALF", LoaderSignature);

    private ValueGetter<MLImage> Getter(ValueGetter<MLImage> get)
    {
        MLImage source = null;
        return (ref MLImage image) =>
        {
            image?.Dispose();
            get(ref source);
            image = source is null || (source.Height == Resizing.Type.Height && source.Width == Resizing.Type.Width)
                ? source : Resizing.Apply(source);
        };
    }
}
