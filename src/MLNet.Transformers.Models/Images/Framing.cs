namespace MLNet.Transformers.Models;

/// <summary>Where the pixels of one image go: resized to a size, of which a part is laid into the result.</summary>
/// <param name="ResizedWidth">Columns after resizing.</param>
/// <param name="ResizedHeight">Rows after resizing.</param>
/// <param name="Across">How the result's columns come of the resized image's.</param>
/// <param name="Down">How the result's rows come of them.</param>
internal readonly record struct Framing(int ResizedWidth, int ResizedHeight, CentralPart Across, CentralPart Down);

/// <summary>The middle of one side of an image, with empty positions around it where the side is too short.</summary>
/// <param name="Part">The positions of the image that are kept.</param>
/// <param name="Before">Number of empty positions before them.</param>
/// <param name="Length">Number of positions in all.</param>
internal readonly record struct CentralPart(Extent Part, int Before, int Length)
{
    /// <summary>All of a side.</summary>
    public static CentralPart All(int length) => new(new(0, length), 0, length);

    /// <summary>So many positions in the middle. Where one is left over, an image loses it at the end, and a short one gets it in front.</summary>
    public static CentralPart Of(int length, int wanted) => length >= wanted
        ? new(new((length - wanted) / 2, wanted), 0, wanted)
        : new(new(0, length), (wanted - length + 1) / 2, wanted);
}
