using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Runs decoders one after the other (<c>Sequence</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders"/>
public sealed class SequenceDecoder : TokenDecoder
{
    /// <summary>Takes the decoders in their order.</summary>
    public SequenceDecoder(IReadOnlyList<TokenDecoder> decoders)
    {
        ArgumentNullException.ThrowIfNull(decoders);
        Decoders = [.. decoders];
    }

    /// <summary>The decoders in their order.</summary>
    public IReadOnlyList<TokenDecoder> Decoders { get; }

    internal static SequenceDecoder Read(JsonPart part) => new([.. part["decoders"].Items().Select(DecoderJson.Read)]);

    internal override List<string> Decode(List<string> tokens) =>
        Decoders.Aggregate(tokens, (parts, decoder) => decoder.Decode(parts));

    internal override void Write(Utf8JsonWriter writer) =>
        writer.WriteSequence("decoders", Decoders, (decoder, output) => decoder.Write(output));
}
