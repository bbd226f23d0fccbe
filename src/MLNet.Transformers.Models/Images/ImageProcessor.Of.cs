namespace MLNet.Transformers.Models;

public sealed partial record ImageProcessor
{
    private const int PublishedCrop = 224;
    private const int PublishedEdge = 256;

    /// <summary>What is usual for a model: the options that its family's best known model is published with, for its size and channels.</summary>
    /// <param name="config">The model's config.</param>
    public static ImageProcessor Of(ImageConfig config) => Of(config.ModelType, config.ImageSize, config.Channels);

    /// <summary>What is usual for a family: the options that its best known model is published with, for another size and other channels.</summary>
    /// <param name="modelType">The family's published name; an unknown one gets what ViT has.</param>
    /// <param name="imageSize">The size of the result.</param>
    /// <param name="channels">3 for colours, 1 for grey, of which mean and deviation are a half.</param>
    public static ImageProcessor Of(string modelType, PixelSize imageSize, int channels)
    {
        var processor = modelType switch
        {
            "deit" => OfImageNet(ImageProcessorFamily.Deit, Cropped(imageSize)) with { Size = Exact(Around(imageSize)) },
            "dinov2" or "dinov2_with_registers" => OfDino(new(Math.Min(imageSize.Height, PublishedCrop), Math.Min(imageSize.Width, PublishedCrop))),
            "clip" or "clip_vision_model" => ImageProcessorFamily.Clip with { Size = Covering(imageSize), CropSize = Cropped(imageSize) },
            "beit" => ImageProcessorFamily.Beit with { Size = Exact(imageSize), Filter = ResamplingFilter.Bilinear, CropsCenter = false, CropSize = Cropped(imageSize) },
            "swin" => OfImageNet(ImageProcessorFamily.Vit, null) with { Size = Exact(imageSize), Filter = ResamplingFilter.Bicubic },
            _ => ImageProcessorFamily.Vit with { Size = Exact(imageSize) },
        };
        return channels == 3 ? processor : processor with { Mean = [0.5], Deviation = [0.5], ConvertsToRgb = null };
    }

    /// <summary>Its positions are for 518 pixels, and its images have 224.</summary>
    private static ImageProcessor OfDino(PixelSize crop) => OfImageNet(ImageProcessorFamily.Bit, Cropped(crop)) with { Size = Covering(Around(crop)) };

    private static ImageProcessor OfImageNet(ImageProcessor family, CropSize? crop) => family with
    {
        CropSize = crop,
        Mean = ImageProcessorFamily.ImageNetMean,
        Deviation = ImageProcessorFamily.ImageNetDeviation,
    };

    private static CropSize Cropped(PixelSize size) => new(size.Height, size.Width);

    private static ResizeTarget Exact(PixelSize size) => ResizeTarget.Exact(size.Height, size.Width);

    /// <summary>Images that cover a size: with their proportions kept where it is a square, else exactly it.</summary>
    private static ResizeTarget Covering(PixelSize size) => size.Height == size.Width ? ResizeTarget.Shortest(size.Height) : Exact(size);

    /// <summary>As much more than a crop as is usual.</summary>
    private static PixelSize Around(PixelSize crop) => new(crop.Height * PublishedEdge / PublishedCrop, crop.Width * PublishedEdge / PublishedCrop);
}
