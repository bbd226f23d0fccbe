using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

/// <summary>The stages that work on images.</summary>
public static class ImageEstimatorsCatalog
{
    /// <summary>Loads images from the files that the input column names, in a folder.</summary>
    public static ImageLoadingEstimator LoadImages(
        this TransformsCatalog catalog, string outputColumnName, string imageFolder, string inputColumnName = null) =>
        new(catalog.GetEnvironment(), imageFolder, asImage: true, (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Loads the bytes of the files that the input column names, in a folder, as they are.</summary>
    public static ImageLoadingEstimator LoadRawImageBytes(
        this TransformsCatalog catalog, string outputColumnName, string imageFolder, string inputColumnName = null) =>
        new(catalog.GetEnvironment(), imageFolder, asImage: false, (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Brings images to one size.</summary>
    public static ImageResizingEstimator ResizeImages(
        this TransformsCatalog catalog,
        string outputColumnName,
        int imageWidth,
        int imageHeight,
        string inputColumnName = null,
        ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center) =>
        new(catalog.GetEnvironment(), new(imageWidth, imageHeight, resizing, cropAnchor), (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Takes the colours out of images.</summary>
    public static ImageGrayscalingEstimator ConvertToGrayscale(
        this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null) =>
        new(catalog.GetEnvironment(), (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Makes vectors of the pixels of images, colour after colour or pixel after pixel.</summary>
    public static ImagePixelExtractingEstimator ExtractPixels(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsToExtract = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfExtraction = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavePixelColors = false,
        float offsetImage = 0,
        float scaleImage = 1,
        bool outputAsFloatArray = true) =>
        new(catalog.GetEnvironment(),
            new(new(colorsToExtract, orderOfExtraction, interleavePixelColors), offsetImage, scaleImage, outputAsFloatArray),
            (outputColumnName, inputColumnName ?? outputColumnName));

    /// <summary>Makes images of vectors that hold their colours, colour after colour or pixel after pixel.</summary>
    public static VectorToImageConvertingEstimator ConvertToImage(
        this TransformsCatalog catalog,
        int imageHeight,
        int imageWidth,
        string outputColumnName,
        string inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsPresent = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfColors = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavedColors = false,
        float scaleImage = 1,
        float offsetImage = 0,
        int defaultAlpha = 255,
        int defaultRed = 0,
        int defaultGreen = 0,
        int defaultBlue = 0) =>
        new(catalog.GetEnvironment(),
            new(imageHeight, imageWidth, new(colorsPresent, orderOfColors, interleavedColors), scaleImage, offsetImage,
                [defaultBlue, defaultGreen, defaultRed, defaultAlpha]),
            (outputColumnName, inputColumnName ?? outputColumnName));
}
