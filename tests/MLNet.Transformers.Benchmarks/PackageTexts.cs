using MLNet.Transformers.Models;

namespace MLNet.Transformers.Benchmarks;

/// <summary>The samples' package descriptions, a token a word: real texts, of which only the lengths matter here.</summary>
internal static class PackageTexts
{
    /// <summary>Summary and description of each package, in the order of the file.</summary>
    public static IEnumerable<TokenSequence> Sequences(int longest, int vocabulary)
    {
        var ids = new Dictionary<string, int>();
        int IdOf(string word) => ids.TryGetValue(word, out var id) ? id : ids[word] = 1 + ids.Count % (vocabulary - 1);
        foreach (var line in File.ReadLines(Find()).Skip(1))
        {
            var words = line.Split([' ', '\t', '\\'], StringSplitOptions.RemoveEmptyEntries).Take(longest);
            yield return new TokenSequence([.. words.Select(IdOf)]);
        }
    }

    /// <summary>The first packages' texts themselves.</summary>
    public static string[] Texts(int count) => [.. File.ReadLines(Find()).Skip(1).Take(count).Select(line => line.Replace('\t', ' '))];

    /// <summary>The lengths of the first packages' texts, cut at 128.</summary>
    public static int[] Lengths(int count) => [.. Sequences(128, 16384).Take(count).Select(sequence => sequence.Length)];

    /// <summary>The file, in the repository that the program was built in.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "samples", "data", "debian-packages.tsv");
            if (File.Exists(file))
                return file;
        }
        throw new FileNotFoundException("There is no samples/data/debian-packages.tsv above the program.");
    }
}
