using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Pipeline;

/// <summary>A tokenizer within a model file, under the names that its files have in a Hugging Face folder.</summary>
internal static class TokenizerEntry
{
    private const string Tokenizer = "tokenizer.json", Config = "tokenizer_config.json";

    public static void Write(ModelSaveContext context, TransformerTokenizer tokenizer)
    {
        ModelFile.Write(context, Tokenizer, tokenizer.Save);
        ModelFile.Write(context, Config, tokenizer.SaveConfig);
    }

    /// <exception cref="FormatException">An entry is missing, or what it holds cannot be read; the message names it.</exception>
    public static TransformerTokenizer Read(ModelLoadContext context)
    {
        var config = ModelFile.Read(context, Config, stream =>
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return copy;
        });
        return ModelFile.Read(context, Tokenizer, stream => TransformerTokenizer.Load(stream, config));
    }
}
