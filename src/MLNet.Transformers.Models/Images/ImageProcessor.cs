using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>
/// What is done to an image before a model sees it: a <c>preprocessor_config.json</c>.
/// See <see href="https://huggingface.co/docs/transformers/main_classes/image_processor">the published options</see>.
/// </summary>
public sealed partial record ImageProcessor
{
    /// <summary>The name of its file in a model's folder.</summary>
    public const string FileName = "preprocessor_config.json";

    private const int ConvNextWarpFrom = 384;

    /// <summary>The published class that reads the file; null for none.</summary>
    [JsonPropertyName("image_processor_type"), JsonPropertyOrder(-2)]
    public string? PublishedClass { get; init; }

    /// <summary>The published class under the name that older files have for it; null for none.</summary>
    [JsonPropertyName("feature_extractor_type"), JsonPropertyOrder(-1)]
    public string? OlderPublishedClass { get; init; }

    /// <summary>Whether images are resized.</summary>
    [JsonPropertyName("do_resize")]
    public bool Resizes { get; init; } = true;

    /// <summary>The size that they are resized to.</summary>
    [JsonPropertyName("size")]
    public ResizeTarget Size { get; init; } = ResizeTarget.Square(224);

    /// <summary>How pixels are weighed when an image is resized.</summary>
    [JsonPropertyName("resample")]
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bilinear;

    /// <summary>Part of a resized image's shorter side that is kept, which makes the resizing as much larger; null for all of it. Files of ConvNeXt have it.</summary>
    [JsonPropertyName("crop_pct")]
    public double? KeptPart { get; init; }

    /// <summary>Whether the middle of the resized image is cut out; where it is too small, zeros are put around it.</summary>
    [JsonPropertyName("do_center_crop")]
    public bool CropsCenter { get; init; }

    /// <summary>The size of the middle.</summary>
    [JsonPropertyName("crop_size")]
    public CropSize? CropSize { get; init; }

    /// <summary>Whether values are multiplied by <see cref="RescaleFactor"/>.</summary>
    [JsonPropertyName("do_rescale")]
    public bool Rescales { get; init; } = true;

    /// <summary>What a value from 0 to 255 is multiplied by.</summary>
    [JsonPropertyName("rescale_factor")]
    public double RescaleFactor { get; init; } = 1.0 / 255;

    /// <summary>Whether <see cref="Mean"/> is subtracted and the result divided by <see cref="Deviation"/>.</summary>
    [JsonPropertyName("do_normalize")]
    public bool Normalizes { get; init; } = true;

    /// <summary>What is subtracted from each channel; one number means that the model sees grey, three that it sees colours.</summary>
    [JsonPropertyName("image_mean")]
    public IReadOnlyList<double> Mean { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>What each channel is divided by.</summary>
    [JsonPropertyName("image_std")]
    public IReadOnlyList<double> Deviation { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Whether the published code makes images RGB first; null for not said. Here they always get the channels that the model sees.</summary>
    [JsonPropertyName("do_convert_rgb")]
    public bool? ConvertsToRgb { get; init; }

    /// <summary>Published keys that this library does not use; they survive reading and writing.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? OtherKeys { get; init; }

    /// <summary>Channels of the result: 1 for grey, 3 for red, green and blue.</summary>
    [JsonIgnore]
    public int Channels => Mean.Count;

    /// <summary>Whether all images come out in one size.</summary>
    [JsonIgnore]
    public bool HasFixedSize => FixedSize is not null;

    /// <summary>Rows of the result.</summary>
    /// <exception cref="InvalidOperationException">Images come out in different sizes.</exception>
    [JsonIgnore]
    public int Height => RequireFixedSize().Height;

    /// <summary>Columns of the result.</summary>
    /// <exception cref="InvalidOperationException">Images come out in different sizes.</exception>
    [JsonIgnore]
    public int Width => RequireFixedSize().Width;

    private CropSize? FixedSize => this switch
    {
        { CropsCenter: true } => CropSize,
        { Resizes: false } => null,
        { KeptPart: not null, Size.ShortestEdge: { } edge } => new(edge, edge),
        { Size: { Height: { } height, Width: { } width } } => new(height, width),
        _ => null,
    };

    /// <summary>The size that an image comes out in.</summary>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <exception cref="InvalidOperationException">An option has a value that cannot be used.</exception>
    public (int Width, int Height) SizeOf(int width, int height)
    {
        var framing = Frame(width, height);
        return (framing.Across.Length, framing.Down.Length);
    }

    /// <summary>Makes numbers of an image: resized, cropped, rescaled and normalised, one channel after another.</summary>
    /// <param name="image">Grey or RGB; it gets the channels that the model sees.</param>
    /// <param name="target">Room for (channels, height, width) values.</param>
    /// <exception cref="ArgumentException">The room is too small or too large.</exception>
    /// <exception cref="InvalidOperationException">An option has a value that cannot be used.</exception>
    public void Process(PixelImage image, Span<float> target) => new PixelPreparation(this).Prepare(image, Frame(image.Width, image.Height), target);

    /// <summary>The image as the model sees it, before numbers are made of it: resized and cropped, in the channels that the model sees.</summary>
    /// <param name="image">Grey or RGB.</param>
    /// <exception cref="InvalidOperationException">An option has a value that cannot be used.</exception>
    public PixelImage Fit(PixelImage image)
    {
        var framing = Frame(image.Width, image.Height);
        var (across, down) = (framing.Across, framing.Down);
        var (rowBytes, pixels) = (across.Part.Count * Channels, new byte[across.Length * down.Length * Channels]);
        var part = new byte[rowBytes * down.Part.Count];
        Resampling.Run(image.WithChannels(Channels).View, framing.ResizedWidth, framing.ResizedHeight, Filter, across.Part, down.Part, part);
        for (var row = 0; row < down.Part.Count; row++)
            part.AsSpan(row * rowBytes, rowBytes).CopyTo(pixels.AsSpan((((down.Before + row) * across.Length) + across.Before) * Channels));
        return new PixelImage(across.Length, down.Length, Channels, pixels);
    }

    /// <exception cref="InvalidOperationException">An option has a value that cannot be used.</exception>
    internal Framing Frame(int width, int height)
    {
        if (Problem is { } problem)
            throw new InvalidOperationException($"The image processor {problem}.");
        var (resizedWidth, resizedHeight) = Resizes ? EnlargedSize.Of(width, height) : (width, height);
        var crop = CropsCenter || (Resizes && KeptPart is not null) ? FixedSize : null;
        return new Framing(
            resizedWidth,
            resizedHeight,
            crop is null ? CentralPart.All(resizedWidth) : CentralPart.Of(resizedWidth, crop.Width),
            crop is null ? CentralPart.All(resizedHeight) : CentralPart.Of(resizedHeight, crop.Height));
    }

    // Of a large result ConvNeXt keeps everything, and makes it square by stretching.
    private ResizeTarget EnlargedSize => this switch
    {
        { KeptPart: null } => Size,
        { CropsCenter: false, Size.ShortestEdge: >= ConvNextWarpFrom and { } edge } => ResizeTarget.Square(edge),
        _ => ResizeTarget.Shortest((int)(Size.ShortestEdge!.Value / KeptPart.Value)),
    };

    private CropSize RequireFixedSize() => FixedSize
        ?? throw new InvalidOperationException("The image processor gives images of different sizes: it neither crops them (do_center_crop) nor resizes them to a height and width (size).");
}
