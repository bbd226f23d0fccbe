using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns a word, as the pre-tokenizer found it, into tokens of a vocabulary.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/models"/>
public abstract class TokenizationAlgorithm
{
    private protected TokenizationAlgorithm(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Vocabulary = vocabulary;
    }

    /// <summary>The tokens and their ids.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The token that stands for text that the vocabulary does not cover, if there is one.</summary>
    public abstract string? UnknownToken { get; }

    /// <summary>Whether a word always gives the same tokens, so that they can be remembered.</summary>
    internal virtual bool IsDeterministic => true;

    /// <summary>Whether an unknown token shows the text it stands for instead of <see cref="UnknownToken"/>.</summary>
    internal virtual bool UnknownTokensShowText => false;

    /// <summary>
    /// A character that stands nowhere in a token but at its beginning, so that a text can be cut before it without
    /// changing its tokens; <see langword="null"/> where there is none.
    /// </summary>
    internal virtual char? WordOpener => null;

    /// <summary>Appends the tokens of <paramref name="word"/>; called from several threads at once.</summary>
    internal abstract void Tokenize(ReadOnlySpan<char> word, TokenList tokens);

    /// <summary>Writes the <c>model</c> object of a <c>tokenizer.json</c>, braces included.</summary>
    internal abstract void Write(Utf8JsonWriter writer);

    private protected static InvalidOperationException MissingUnknownToken(string token) =>
        new($"The text has a word that the vocabulary does not cover, and the vocabulary has no unknown token '{token}'.");
}
