namespace MLNet.Transformers.Benchmarks.Tokenizers;

/// <summary>Mixed real text: prose, plays, questions, reviews, abstracts, two languages and code, one text a line.</summary>
internal static class Corpus
{
    private static readonly string[] s_folders =
        ["code-csharp", "lm-tinyshakespeare", "lm-wikitext2", "multi30k", "ner-wnut17", "qa-boolq", "qa-xquad", "sts-b", "summ-scitldr", "text-classification"];

    /// <summary>Every n-th line of the shared data, so that there are about so many megabytes.</summary>
    public static string[] Read(string data, double megabytes)
    {
        string[] lines = [.. s_folders.SelectMany(folder => Directory.GetFiles(Path.Combine(data, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Where(file => Path.GetFileName(file) is not ("ORIGIN.txt" or "LICENSE.txt"))
            .SelectMany(File.ReadLines).Where(line => line.Length > 0)];
        int step = Math.Max(1, (int)Math.Round(lines.Sum(line => line.Length) / 1e6 / megabytes));
        return [.. lines.Where((_, index) => index % step == 0)];
    }

    /// <summary>The folder of shared data: beside the repository, or where <c>MLNET_TRANSFORMERS_SHARED</c> says.</summary>
    public static string FindData()
    {
        if (Environment.GetEnvironmentVariable("MLNET_TRANSFORMERS_SHARED") is { Length: > 0 } named)
        {
            return Path.Combine(named, "data");
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data))
            {
                return data;
            }
        }

        throw new DirectoryNotFoundException("There is no folder shared/data above the program, and MLNET_TRANSFORMERS_SHARED names none.");
    }
}
