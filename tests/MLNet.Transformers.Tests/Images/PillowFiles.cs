using System.Globalization;
using System.IO.Compression;
using MLNet.Transformers.Tests.Models.Images;

namespace MLNet.Transformers.Tests.Images;

/// <summary>Image files of every kind that Pillow wrote, with the pixels that it sees in them.</summary>
public sealed class PillowFiles
{
    private readonly Lazy<Dictionary<string, byte[]>> _entries = new(Unpack);

    internal IEnumerable<PillowFile> All => _entries.Value.Keys.Where(name => name.EndsWith(".size", StringComparison.Ordinal)).Select(name => this[name[..^".size".Length]]);

    /// <summary>A small file of 20,000 x 20,000 pixels.</summary>
    internal byte[] Bomb => _entries.Value["bomb.png"];

    internal PillowFile this[string name]
    {
        get
        {
            var size = System.Text.Encoding.ASCII.GetString(_entries.Value[name + ".size"]).Split(' ');
            return new(name, _entries.Value[name], int.Parse(size[0], CultureInfo.InvariantCulture), int.Parse(size[1], CultureInfo.InvariantCulture), _entries.Value[name + ".rgb"], _entries.Value[name + ".near"]);
        }
    }

    private static Dictionary<string, byte[]> Unpack()
    {
        using var archive = new ZipArchive(new MemoryStream(Pillow.Run("pillow_files.py", [])));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        });
    }
}

/// <summary>An image file.</summary>
/// <param name="Name">Its name, which may mislead.</param>
/// <param name="File">Its bytes.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Pixels">Red, green and blue of each.</param>
/// <param name="Near">How far from each of them another decoder may be.</param>
internal sealed record PillowFile(string Name, byte[] File, int Width, int Height, byte[] Pixels, byte[] Near)
{
    public override string ToString() => Name;

    /// <summary>What is wrong with an image that should be this file's; null for nothing.</summary>
    public string? Problem(MLNet.Transformers.Models.PixelImage image)
    {
        if ((image.Width, image.Height, image.Channels) != (Width, Height, 3))
            return $"{Name} has {image.Width} x {image.Height} x {image.Channels} values, not {Width} x {Height} x 3";
        for (var i = 0; i < Pixels.Length; i++)
        {
            if (Math.Abs(image.Pixels[i] - Pixels[i]) > Near[i])
                return $"{Name} has {image.Pixels[i]} at {i}, not {Pixels[i]} within {Near[i]}";
        }
        return null;
    }
}
