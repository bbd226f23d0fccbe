using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>A text that an encoder reads.</summary>
internal static class SourceText
{
    /// <summary>The text's tokens; where it is empty and the tokenizer puts nothing around texts, the token that ends one.</summary>
    /// <exception cref="InvalidOperationException">The text is empty, and there is no such token.</exception>
    public static TokenSequence Encode(TextTaskModel model, string text)
    {
        var tokens = TextTaskModel.ToSequence(model.Tokenizer.Encode(text));
        return tokens.Length > 0 ? tokens : new TokenSequence([model.Network.Config.EosIds is [var end, ..]
            ? end
            : model.Tokenizer.EndOfSentenceTokenId ?? throw new InvalidOperationException("The tokenizer has no token that ends a text, for a text that is empty.")]);
    }
}
