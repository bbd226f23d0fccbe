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
    /// <param name="imageSize">Pixels from one side of the result to the other.</param>
    /// <param name="channels">3 for colours, 1 for grey, of which mean and deviation are a half.</param>
    public static ImageProcessor Of(string modelType, int imageSize, int channels)
    {
        var processor = modelType switch
        {
            "deit" => OfImageNet(ImageProcessorFamily.Deit, Cropped(imageSize)) with { Size = ResizeTarget.Square(EdgeFor(imageSize)) },
            // Its positions are for 518 pixels, and its images have 224.
            "dinov2" or "dinov2_with_registers" => OfImageNet(ImageProcessorFamily.Bit, Cropped(Math.Min(imageSize, PublishedCrop))) with
            {
                Size = ResizeTarget.Shortest(EdgeFor(Math.Min(imageSize, PublishedCrop))),
            },
            "clip" or "clip_vision_model" => ImageProcessorFamily.Clip with { Size = ResizeTarget.Shortest(imageSize), CropSize = Cropped(imageSize) },
            "beit" => ImageProcessorFamily.Beit with { Size = ResizeTarget.Square(imageSize), Filter = ResamplingFilter.Bilinear, CropsCenter = false, CropSize = Cropped(imageSize) },
            "swin" => OfImageNet(ImageProcessorFamily.Vit, null) with { Size = ResizeTarget.Square(imageSize), Filter = ResamplingFilter.Bicubic },
            _ => ImageProcessorFamily.Vit with { Size = ResizeTarget.Square(imageSize) },
        };
        return channels == 3 ? processor : processor with { Mean = [0.5], Deviation = [0.5], ConvertsToRgb = null };
    }

    private static ImageProcessor OfImageNet(ImageProcessor family, CropSize? crop) => family with
    {
        CropSize = crop,
        Mean = ImageProcessorFamily.ImageNetMean,
        Deviation = ImageProcessorFamily.ImageNetDeviation,
    };

    private static CropSize Cropped(int edge) => new(edge, edge);

    private static int EdgeFor(int crop) => crop * PublishedEdge / PublishedCrop;
}
