using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Runs normalizers one after the other (<c>Sequence</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.Sequence"/>
public sealed class SequenceNormalizer : TextNormalizer
{
    /// <summary>Takes the normalizers in their order.</summary>
    public SequenceNormalizer(IReadOnlyList<TextNormalizer> normalizers)
    {
        ArgumentNullException.ThrowIfNull(normalizers);
        Normalizers = [.. normalizers];
    }

    /// <summary>The normalizers in their order.</summary>
    public IReadOnlyList<TextNormalizer> Normalizers { get; }

    internal static SequenceNormalizer Read(JsonPart part) => new([.. part["normalizers"].Items().Select(NormalizerJson.Read)]);

    internal override void Normalize(AlignedText text)
    {
        foreach (TextNormalizer normalizer in Normalizers)
        {
            normalizer.Normalize(text);
        }
    }

    internal override void Write(Utf8JsonWriter writer) =>
        writer.WriteSequence("normalizers", Normalizers, (normalizer, output) => normalizer.Write(output));
}
