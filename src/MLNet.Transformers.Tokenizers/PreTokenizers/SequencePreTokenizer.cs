using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Runs pre-tokenizers one after the other, each on the pieces of the one before (<c>Sequence</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.Sequence"/>
public sealed class SequencePreTokenizer : TextPreTokenizer
{
    /// <summary>Takes the pre-tokenizers in their order.</summary>
    public SequencePreTokenizer(IReadOnlyList<TextPreTokenizer> preTokenizers)
    {
        ArgumentNullException.ThrowIfNull(preTokenizers);
        PreTokenizers = [.. preTokenizers];
    }

    /// <summary>The pre-tokenizers in their order.</summary>
    public IReadOnlyList<TextPreTokenizer> PreTokenizers { get; }

    internal override bool EndsInBytes => PreTokenizers.Count > 0 && PreTokenizers[^1].EndsInBytes;

    internal static SequencePreTokenizer Read(JsonPart part) => new([.. part["pretokenizers"].Items().Select(PreTokenizerJson.Read)]);

    internal override void PreTokenize(PreTokenizedText text)
    {
        foreach (TextPreTokenizer preTokenizer in PreTokenizers)
        {
            preTokenizer.PreTokenize(text);
        }
    }

    internal override void PreTokenizeBeforeBytes(PreTokenizedText text)
    {
        for (int i = 0; i < PreTokenizers.Count - 1; i++)
        {
            PreTokenizers[i].PreTokenize(text);
        }

        PreTokenizers[^1].PreTokenizeBeforeBytes(text);
    }

    internal override void Write(Utf8JsonWriter writer) =>
        writer.WriteSequence("pretokenizers", PreTokenizers, (preTokenizer, output) => preTokenizer.Write(output));
}
