using System.Text;
using Microsoft.ML.Tokenizers;

namespace MLNet.Transformers.Tokenizers;

// How Microsoft.ML.Tokenizers sees this tokenizer: no special tokens are added, and where there is a normalizer,
// positions are those of the normalized text.
public sealed partial class TransformerTokenizer
{
    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
        => throw new NotImplementedException();
}
