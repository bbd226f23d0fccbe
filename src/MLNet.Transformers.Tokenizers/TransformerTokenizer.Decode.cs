using System.Buffers;

namespace MLNet.Transformers.Tokenizers;

public sealed partial class TransformerTokenizer
{
    /// <summary>Puts tokens back together to text, special tokens included; ids that no token has are left out.</summary>
    /// <param name="ids">The ids of the tokens.</param>
    public override string Decode(IEnumerable<int> ids) => Decode(ids, skipSpecialTokens: false);

    /// <summary>Puts tokens back together to text; ids that no token has are left out.</summary>
    /// <param name="ids">The ids of the tokens.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string text = DecodeParts(ids, skipSpecialTokens);
        return Settings.CleansUpSpaces ? TextCleanup.Apply(text) : text;
    }

    /// <summary>Does the same, but leaves the text as the tokens spell it.</summary>
    internal string DecodeParts(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        var tokens = new List<string>();
        foreach (int id in ids)
        {
            string? token = _addedTokens.Find(id)?.Content ?? Pipeline.Algorithm.Vocabulary.GetToken(id);
            if (token is not null && !(skipSpecialTokens && _addedTokens.IsSpecial(token)))
            {
                tokens.Add(token);
            }
        }

        string text = Pipeline.Decoder is { } decoder ? string.Concat(decoder.Decode(tokens)) : string.Join(' ', tokens);
        if (_endOfWordSuffix is not null)
        {
            text = text.Replace(_endOfWordSuffix, " ", StringComparison.Ordinal);
            text = skipSpecialTokens ? text.Trim() : text;
        }

        return text;
    }

    /// <summary>Makes a decoder that takes ids one by one.</summary>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public StreamingDecoder CreateStreamingDecoder(bool skipSpecialTokens = true) => new(this, skipSpecialTokens);

    /// <summary>Writes the text of tokens, special tokens included; ids that no token has are left out.</summary>
    /// <param name="ids">The ids of the tokens.</param>
    /// <param name="destination">Where the text goes.</param>
    /// <param name="idsConsumed">How many ids the written text covers: all, or none where <paramref name="destination"/> has too little room.</param>
    /// <param name="charsWritten">How long the written text is.</param>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int[] all = [.. ids];
        string text = Decode(all, skipSpecialTokens: false);
        if (!text.TryCopyTo(destination))
        {
            (idsConsumed, charsWritten) = (0, 0);
            return OperationStatus.DestinationTooSmall;
        }

        (idsConsumed, charsWritten) = (all.Length, text.Length);
        return OperationStatus.Done;
    }
}
