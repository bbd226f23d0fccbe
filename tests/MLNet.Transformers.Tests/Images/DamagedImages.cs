using System.Diagnostics;

namespace MLNet.Transformers.Tests.Images;

/// <summary>Decodes files with random bytes in random places, in a process of its own.</summary>
internal static class DamagedImages
{
    public const int PerFile = 400;

    /// <summary>Prints how many of a folder's damaged files gave an image, how many an error, and the most memory that was taken; any other exception ends the process.</summary>
    public static void Tell(string folder)
    {
        var random = new Random(7);
        var (images, errors) = (0, 0);
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var file = File.ReadAllBytes(path);
            for (var i = 0; i < PerFile; i++)
            {
                var damaged = file.ToArray();
                // Half of the time in the header, where it does the most.
                var reach = i % 2 == 0 ? damaged.Length : Math.Min(damaged.Length, 700);
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                    damaged[random.Next(reach)] = (byte)random.Next(256);
                try
                {
                    ImageFile.Decode(damaged, path);
                    images++;
                }
                catch (InvalidDataException)
                {
                    errors++;
                }
            }
        }
        using var process = Process.GetCurrentProcess();
        Console.Write($"{images} {errors} {process.PeakWorkingSet64}");
    }
}
