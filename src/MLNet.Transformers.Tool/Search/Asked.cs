using System.Globalization;
using System.Security.Cryptography;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Search;

/// <summary>What decides a search, by the option that the user gave or left.</summary>
internal static class Asked
{
    private const int HeadLength = 1 << 20;

    /// <summary>The options of a job, and what its data are.</summary>
    public static SortedDictionary<string, string> Of(Job job, Dataset dataset)
    {
        var asked = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["the command"] = job.Scenario.Command,
            ["the data"] = Content(job.DatasetPath) + (dataset is TabularDataset table ? ", " + Columns(table) : ""),
            ["--split-ratio"] = job.SplitRatio.ToString(CultureInfo.InvariantCulture),
            ["--train-time"] = job.TrainTime.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            ["--seed"] = job.Seed.ToString(CultureInfo.InvariantCulture),
            ["--device"] = job.GpuDeviceId is { } device ? string.Create(CultureInfo.InvariantCulture, $"cuda:{device}") : "cpu",
        };
        if (job.ValidationPath is { } validation)
            asked["the validation data"] = Content(validation);
        if (job.Folds is { } folds)
            asked["--cv-fold"] = folds.ToString(CultureInfo.InvariantCulture);
        if (job.PretrainedFolder is { } folder)
            asked["--model"] = Path.GetFullPath(folder);
        return asked;
    }

    /// <summary>The size of a file and the hash of its beginning; of a folder the same of the names and sizes in it.</summary>
    private static string Content(string path)
    {
        if (Directory.Exists(path))
        {
            var files = new DirectoryInfo(path).GetFiles("*", SearchOption.AllDirectories);
            var names = string.Join('\n', files.Select(file => $"{Path.GetRelativePath(path, file.FullName)} {file.Length}").Order(StringComparer.Ordinal));
            return string.Create(CultureInfo.InvariantCulture, $"{files.Length} files {Hash(System.Text.Encoding.UTF8.GetBytes(names))}");
        }
        using var stream = File.OpenRead(path);
        var head = new byte[(int)Math.Min(HeadLength, stream.Length)];
        stream.ReadExactly(head);
        return string.Create(CultureInfo.InvariantCulture, $"{stream.Length} bytes {Hash(head)}");
    }

    private static string Columns(TabularDataset table) =>
        string.Join(", ", table.Columns.Where(column => column.Purpose != ColumnPurpose.Ignore).Select(column => $"{column.Name} as {column.Purpose}"));

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 6));
}
