using System.Runtime.InteropServices;
using MLNet.Transformers.Benchmarks.Tokenizers;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Benchmarks;

/// <summary>Files to the numbers that a model takes, on one thread, against Pillow and numpy.</summary>
internal static class ImageBenchmarks
{
    private const int Side = 224;

    private static readonly ImageProcessor Shortest = new()
    {
        Size = ResizeTarget.Shortest(256),
        Filter = ResamplingFilter.Bicubic,
        CropsCenter = true,
        CropSize = new(Side, Side),
        Mean = [0.485, 0.456, 0.406],
        Deviation = [0.229, 0.224, 0.225],
    };

    private static readonly ImageProcessor Exact = Shortest with { Size = ResizeTarget.Square(Side), Filter = ResamplingFilter.Bilinear, CropsCenter = false, CropSize = null };

    public static void Compare(double seconds, int turns)
    {
        using var peer = Peer.Pillow(Ratio.CountsWork ? "cpu" : "wall");
        Console.WriteLine($"The peer of the images is Pillow {peer.Version}; both have one thread.");
        var folder = Directory.CreateTempSubdirectory("images-");
        try
        {
            peer.Ask(new { make = folder.FullName });
            Compare("JPEG 640 x 480", Directory.GetFiles(folder.FullName, "*.jpg"), folder.FullName, peer, seconds, turns);
            Compare("PNG 640 x 480", Directory.GetFiles(folder.FullName, "*.png"), folder.FullName, peer, seconds, turns);
            Compare("JPEG 32 x 32", Directory.GetFiles(Path.Combine(Corpus.FindData(), "img-cifar10", "test", "ship"), "*.jpg"), folder.FullName, peer, seconds, turns);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Compare(string what, string[] files, string folder, Peer peer, double seconds, int turns)
    {
        var target = new float[3 * Side * Side];
        Compare("decode", file => ImageFile.Read(file));
        Compare("shortest", file => Shortest.Process(ImageFile.Read(file), target));
        Compare("exact", file => Exact.Process(ImageFile.Read(file), target));

        void Compare(string work, Action<string> prepare)
        {
            if (work != "decode")
                Require(work, prepare);
            var outcome = Ratio.Measure(
                time => Ratio.Time(() => Array.ForEach(files, file => prepare(file)), time), [time => peer.Time(new { files, work, seconds = time })], seconds, turns);
            Console.WriteLine($"{"images",-14} {what + ", " + work,-34} {outcome}   {files.Length / outcome.Best:0} images/s, {outcome.PeerBest / outcome.Best:0.00} times as fast");
        }

        // Only the same values are worth a race.
        void Require(string work, Action<string> prepare)
        {
            var output = Path.Combine(folder, "values");
            foreach (var file in files[..Math.Min(files.Length, 8)])
            {
                peer.Ask(new { file, work, output });
                prepare(file);
                var difference = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(output)).ToArray().Zip(target).Max(pair => Math.Abs(pair.First - pair.Second));
                if (difference > 1e-5)
                    throw new InvalidOperationException($"The values of {file} differ by {difference} ({work}).");
            }
        }
    }
}
