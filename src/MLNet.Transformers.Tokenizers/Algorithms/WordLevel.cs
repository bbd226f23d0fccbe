using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes each word as one token.</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/models#tokenizers.models.WordLevel"/>
public sealed class WordLevel : TokenizationAlgorithm
{
    private readonly int? _unknownId;

    /// <summary>Takes the words with their ids.</summary>
    /// <param name="vocabulary">The words and their ids.</param>
    /// <param name="unknownToken">The token for every other word; encoding fails at one where the vocabulary has no such token.</param>
    public WordLevel(Vocabulary vocabulary, string unknownToken = "<unk>")
        : base(vocabulary)
    {
        ArgumentNullException.ThrowIfNull(unknownToken);
        UnknownToken = unknownToken;
        _unknownId = vocabulary.GetId(unknownToken);
    }

    /// <inheritdoc/>
    public override string UnknownToken { get; }

    internal static WordLevel Read(JsonPart part) => new(part["vocab"].AsVocabulary(), part["unk_token"].AsString());

    internal override void Tokenize(ReadOnlySpan<char> word, TokenList tokens)
    {
        if (!word.IsEmpty)
        {
            int id = Vocabulary.TryGetId(word, out int found) ? found : _unknownId ?? throw MissingUnknownToken(UnknownToken);
            tokens.Add(id, 0, word.Length);
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "WordLevel");
        writer.WriteVocabulary(Vocabulary);
        writer.WriteString("unk_token", UnknownToken);
        writer.WriteEndObject();
    }
}
