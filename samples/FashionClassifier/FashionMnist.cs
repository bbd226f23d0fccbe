using Microsoft.ML.Data;

namespace FashionClassifier;

/// <summary>The 70,000 images of <see href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</see> as rows.</summary>
public sealed class FashionMnist
{
    private readonly FashionFiles files;

    private FashionMnist(FashionFiles files) => this.files = files;

    /// <summary>The images of the folder that <see cref="FashionFiles.Find"/> finds.</summary>
    public static FashionMnist Find() => new(FashionFiles.Find());

    /// <summary>The 60,000 images to learn from.</summary>
    public IEnumerable<FashionImage> Training(int count) => Read("train", count);

    /// <summary>The 10,000 images to measure by.</summary>
    public IEnumerable<FashionImage> Test(int count) => Read("t10k", count);

    // Made anew each time that somebody goes through them, since whoever reads an image disposes it.
    private IEnumerable<FashionImage> Read(string part, int count)
    {
        var (images, labels) = files.Read(part);
        foreach (var (index, label) in labels.Take(count).Index())
            yield return new FashionImage { Image = ImageOf(images.AsSpan(index * FashionFiles.Pixels, FashionFiles.Pixels)), Class = FashionFiles.Names[label] };
    }

    private static MLImage ImageOf(ReadOnlySpan<byte> gray)
    {
        var pixels = new byte[4 * gray.Length];
        for (var i = 0; i < gray.Length; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (gray[i], gray[i], gray[i], 255);
        return MLImage.CreateFromPixels(FashionFiles.Side, FashionFiles.Side, MLPixelFormat.Bgra32, pixels);
    }
}
