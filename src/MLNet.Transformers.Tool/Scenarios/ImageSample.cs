using System.Runtime.CompilerServices;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>What some of the images show of them all.</summary>
/// <param name="Count">Number of images, all of them.</param>
/// <param name="Side">The side of the square that a model should see them in, in pixels.</param>
/// <param name="Channels">1 where they are grey, otherwise 3.</param>
/// <param name="HasOneSize">Whether all are squares of that side already.</param>
internal sealed record ImageSample(int Count, int Side, int Channels, bool HasOneSize)
{
    /// <summary>Images with no side greater than this keep their size.</summary>
    public const int SmallSide = 64;

    private const int Looks = 64;

    private static readonly ConditionalWeakTable<Dataset, ImageSample> Known = [];

    /// <summary>Looks at some images of a folder, once for each data.</summary>
    /// <exception cref="InputException">None of them can be read.</exception>
    public static ImageSample Of(ImageFolderDataset dataset) => Known.GetValue(dataset, _ => Take(dataset));

    private static ImageSample Take(ImageFolderDataset dataset)
    {
        string[] files = [.. ImageFolder.Files(dataset.Path).Select(image => image.File)];
        var sizes = new List<(int Width, int Height)>();
        var isGrey = true;
        foreach (var look in Enumerable.Range(0, Math.Min(Looks, files.Length)))
        {
            using var image = Open(files[(long)look * files.Length / Math.Min(Looks, files.Length)]);
            if (image is null)
                continue;
            sizes.Add((image.Width, image.Height));
            isGrey &= IsGrey(image.Pixels);
        }
        if (sizes.Count == 0)
            throw new InputException($"No image in the folders of '{dataset.Path}' can be read.");
        int[] sides = [.. sizes.Select(size => Math.Max(size.Width, size.Height)).Order()];
        var usual = sides[sides.Length / 2];
        var side = usual <= SmallSide ? (usual + 3) / 4 * 4 : SmallSide;
        return new ImageSample(files.Length, side, isGrey ? 1 : 3, sizes.All(size => size == (side, side)));
    }

    private static MLImage? Open(string file)
    {
        try
        {
            return MLImage.CreateFromFile(file);
        }
        catch (ArgumentException)
        {
            // What is no image is refused by name when it is learnt from.
            return null;
        }
    }

    /// <summary>Whether the three colours of every pixel are alike; four bytes a pixel, the last its alpha.</summary>
    private static bool IsGrey(ReadOnlySpan<byte> pixels)
    {
        for (var pixel = 0; pixel < pixels.Length; pixel += 4)
            if (pixels[pixel] != pixels[pixel + 1] || pixels[pixel] != pixels[pixel + 2])
                return false;
        return true;
    }
}
