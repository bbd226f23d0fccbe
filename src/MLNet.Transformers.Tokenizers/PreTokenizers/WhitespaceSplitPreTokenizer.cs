using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Splits at white space, which goes away (<c>WhitespaceSplit</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.WhitespaceSplit"/>
public sealed class WhitespaceSplitPreTokenizer() : KindSplitter(CharacterKind.WhiteSpace, DelimiterBehavior.Removed)
{
    internal override void Write(Utf8JsonWriter writer) => writer.WriteTypeOnly("WhitespaceSplit");
}
