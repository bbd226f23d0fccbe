[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Image.ImageGrayscalingTransformer), null, typeof(SignatureLoadModel),
    "Image Greyscale Transform", Microsoft.ML.Transforms.Image.ImageGrayscalingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Image;

/// <summary>Takes the colours out of images.</summary>
public sealed class ImageGrayscalingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ImageGrayscaleTransform";

    internal ImageGrayscalingTransformer(IHostEnvironment environment, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register("ImageGrayscale"), columns)
    {
    }

    private ImageGrayscalingTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input) =>
        MappedColumn.Create(output, input.CheckImage(Host), null, [input], row => Getter(row.GetGetter<MLImage>(input), OpenImages.In(row)));

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
    }

    private static ImageGrayscalingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register("ImageGrayscale"), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("IMGGRAYT", LoaderSignature);

    private static ValueGetter<MLImage> Getter(ValueGetter<MLImage> get, OpenImages.Place source) => (ref MLImage image) =>
    {
        image?.Dispose();
        get(ref source.Image);
        image = source.Image is null ? null : Gray(source.Image);
    };

    private static MLImage Gray(MLImage image)
    {
        var pixels = image.Pixels;
        var gray = PixelMemory.Take(pixels.Length);
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        for (var i = 0; i < pixels.Length; i += 4)
        {
            var value = (0.3f * pixels[i + red]) + (0.59f * pixels[i + 1]) + (0.11f * pixels[i + blue]);
            gray.AsSpan(i, 3).Fill((byte)MathF.Round(value));
            gray[i + 3] = byte.MaxValue;
        }
        return new(image.Width, image.Height, MLPixelFormat.Bgra32, gray) { Tag = image.Tag };
    }
}
