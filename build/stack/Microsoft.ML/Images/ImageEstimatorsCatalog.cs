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
            new(colorsToExtract, orderOfExtraction, interleavePixelColors, offsetImage, scaleImage, outputAsFloatArray),
            (outputColumnName, inputColumnName ?? outputColumnName));
}
