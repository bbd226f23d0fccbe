using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Opens tokenizers by path.</summary>
internal static class TokenizerSource
{
    /// <summary>The tokenizer of a Hugging Face folder, or of a <c>tokenizer.json</c>.</summary>
    /// <exception cref="IOException">The file is missing or broken.</exception>
    public static TransformerTokenizer Open(string path) =>
        TransformerTokenizer.Load(Directory.Exists(path) ? Path.Combine(path, "tokenizer.json") : path);
}
