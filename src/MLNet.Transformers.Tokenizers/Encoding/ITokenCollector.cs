namespace MLNet.Transformers.Tokenizers;

/// <summary>Takes what <see cref="TextEncoder"/> finds, in the order of the text.</summary>
internal interface ITokenCollector
{
    /// <summary>Whether it asks where in the original text something stands.</summary>
    bool NeedsAlignment { get; }

    /// <summary>Takes an added token.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="text">The text in which it was found.</param>
    /// <param name="start">Where in <paramref name="text"/> it starts.</param>
    /// <param name="end">Where in <paramref name="text"/> it ends.</param>
    void AddToken(int id, AlignedText text, int start, int end);

    /// <summary>Takes words.</summary>
    void AddWords(PreTokenizedText text);
}
