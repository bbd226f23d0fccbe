using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Makes one part of all, for the decoders after it (<c>Fuse</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders"/>
public sealed class FuseDecoder : TokenDecoder
{
    internal override List<string> Decode(List<string> tokens) => [string.Concat(tokens)];

    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("Fuse");
}
