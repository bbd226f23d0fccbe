namespace MLNet.Transformers.Tests.Tokenizers.Training;

/// <summary>The book that the reference implementations were trained on, line by line.</summary>
internal static class TrainingCorpus
{
    public static readonly Lazy<string[]> Book = new(() =>
        File.ReadAllText(SharedData.Path("tokenizer-conformance", "sentencepiece", "botchan.txt"))
            .Replace("\r", "", StringComparison.Ordinal)
            .Split('\n'));

    /// <summary>The lines that Goldens/goldens.mjs trained the Rust implementation on.</summary>
    public static IEnumerable<string> Beginning => Book.Value.Take(500);

    public static string[] GoldenLines(string name) =>
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Tokenizers", "Training", "Goldens", name));
}
