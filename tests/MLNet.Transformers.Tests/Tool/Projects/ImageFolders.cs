using Microsoft.ML.Data;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Projects;

/// <summary>Small images of one colour, a folder for each colour.</summary>
internal static class ImageFolders
{
    private const int Side = 8;

    /// <summary>Writes twelve images of each of two classes.</summary>
    public static ImageFolderDataset Write(string folder)
    {
        string[] classes = ["dark", "light"];
        foreach (var (index, label) in classes.Index())
        {
            Directory.CreateDirectory(Path.Combine(folder, label));
            foreach (var number in Enumerable.Range(0, 12))
            {
                var pixels = new byte[Side * Side * 4];
                for (var pixel = 0; pixel < pixels.Length; pixel++)
                    pixels[pixel] = pixel % 4 == 3 ? byte.MaxValue : (byte)(100 * index + 10 * number + pixel % 4);
                using var image = MLImage.CreateFromPixels(Side, Side, MLPixelFormat.Bgra32, pixels);
                image.Save(Path.Combine(folder, label, $"{number}.png"));
            }
        }
        return new(folder, classes) { RowCount = 12 * classes.Length };
    }
}
