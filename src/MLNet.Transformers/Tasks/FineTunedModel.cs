using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>A model with its tokenizer, on a device.</summary>
internal sealed record FineTunedModel(TextModel Network, TransformerTokenizer Tokenizer, torch.Device Device) : IDisposable
{
    /// <summary>A text, or two, as the model takes them.</summary>
    public TokenSequence Encode(string text, string? pair)
    {
        var encoded = Tokenizer.Encode(text, pair);
        return new TokenSequence([.. encoded.Ids], pair is null ? null : [.. encoded.TypeIds]);
    }

    /// <summary>Hides tokens, special ones excepted, behind the mask token, or where there is none the unknown token.</summary>
    /// <exception cref="InvalidOperationException">The tokenizer has neither.</exception>
    public TokenDropout? HideTokens(double probability)
    {
        if (probability == 0)
            return null;
        var replacement = Tokenizer.MaskTokenId ?? Tokenizer.UnknownTokenId
            ?? throw new InvalidOperationException("The tokenizer has neither a mask token nor an unknown token to hide tokens behind.");
        var special = Tokenizer.Pipeline.AddedTokens.Where(token => token.Special).Select(token => Tokenizer.Vocabulary.GetId(token.Content)).OfType<int>();
        return new TokenDropout(probability, replacement, special.ToHashSet());
    }

    public void Dispose() => Network.Dispose();
}
