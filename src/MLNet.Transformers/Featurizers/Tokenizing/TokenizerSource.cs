using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers;

/// <summary>Opens tokenizers by path.</summary>
internal static class TokenizerSource
{
    /// <summary>The tokenizer of a Hugging Face folder, of a <c>tokenizer.json</c>, or of a SentencePiece model.</summary>
    /// <exception cref="IOException">The folder or the file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is malformed; the message names it.</exception>
    public static TransformerTokenizer Open(string path) =>
        Directory.Exists(path) ? TransformerTokenizer.FromFolder(path)
        : Path.GetExtension(path) is ".model" or ".spm" ? SentencePieceModel.Load(path).ToTokenizer()
        : TransformerTokenizer.Load(path);
}
