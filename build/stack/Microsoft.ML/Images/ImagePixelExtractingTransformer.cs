[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Image.ImagePixelExtractingTransformer), null, typeof(SignatureLoadModel),
    "Image Pixel Extractor Transform", Microsoft.ML.Transforms.Image.ImagePixelExtractingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Makes vectors of the pixels of images. As in the packages, the last image is disposed with the cursor.</summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ImagePixelExtractor";

    internal readonly PixelExtraction Extraction;

    internal ImagePixelExtractingTransformer(
        IHostEnvironment environment, PixelExtraction extraction, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(LoaderSignature), columns) => Extraction = extraction;

    private ImagePixelExtractingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => Extraction = new(context.Reader);

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        var image = input.CheckImage(Host);
        if (image.Height <= 0 || image.Width <= 0)
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, "known-size image", "unknown-size image");
        var type = Extraction.TypeOf(image);
        return Extraction.AsFloats
            ? MappedColumn.Create(output, type, null, [input], row => Getter<float>(row, input, image, type.Size, Extraction.Extract))
            : MappedColumn.Create(output, type, null, [input], row => Getter<byte>(row, input, image, type.Size, Extraction.Extract));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        Extraction.Save(context.Writer);
    }

    private static ImagePixelExtractingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(LoaderSignature), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("IMGPXEXT", LoaderSignature);

    private ValueGetter<VBuffer<T>> Getter<T>(
        MappedRow row, DataViewSchema.Column input, ImageDataViewType type, int size, Extractor<T> extract)
    {
        var get = row.GetGetter<MLImage>(input);
        var source = OpenImages.In(row);
        return (ref VBuffer<T> values) =>
        {
            get(ref source.Image);
            if (source.Image is not { } image)
            {
                values = VBufferEditor.Create(ref values, size, 0).Commit();
                return;
            }

            Host.Check(image.Height == type.Height && image.Width == type.Width);
            var editor = VBufferEditor.Create(ref values, size);
            extract(image, editor.Values);
            values = editor.Commit();
        };
    }

    private delegate void Extractor<T>(MLImage image, Span<T> values);
}
