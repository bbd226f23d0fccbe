using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Removes the marks that stand on their own, which accents are after a decomposing normal form (<c>StripAccents</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/normalizers#tokenizers.normalizers.StripAccents"/>
public sealed class StripAccentsNormalizer : TextNormalizer
{
    internal override void Normalize(AlignedText text) => text.RemoveAll(static codePoint =>
        codePoint >= 0x300 && (Characters.GetKind(codePoint) & CharacterKind.Mark) != 0);

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("StripAccents");
}
