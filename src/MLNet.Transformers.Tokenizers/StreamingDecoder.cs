namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns ids into text one by one, as a model writes them, and never gives half a character.</summary>
/// <remarks>
/// What is given adds up to what <see cref="TransformerTokenizer.Decode(IEnumerable{int}, bool)"/> gives for all ids, as long
/// as the ids spell text: bytes that a later token shows to be no text have been given by then. Spaces are not cleaned up.
/// </remarks>
public sealed class StreamingDecoder
{
    private const char Unfinished = '\uFFFD';

    // An unfinished character has no more than three bytes, and no more tokens than that.
    private const int MostUnfinishedTokens = 3;

    private readonly TransformerTokenizer _tokenizer;
    private readonly bool _skipSpecialTokens;
    private readonly List<int> _ids = [];
    private string _given = "";
    private int _givenIds;
    private int _unfinishedTokens;

    internal StreamingDecoder(TransformerTokenizer tokenizer, bool skipSpecialTokens) =>
        (_tokenizer, _skipSpecialTokens) = (tokenizer, skipSpecialTokens);

    /// <summary>Takes the next id and gives the text that it finishes, which may be none.</summary>
    public string Add(int id)
    {
        _ids.Add(id);
        string text = Decode(_ids);
        if (text.EndsWith(Unfinished) && ++_unfinishedTokens <= MostUnfinishedTokens)
        {
            return "";
        }

        _unfinishedTokens = 0;
        return Give(text);
    }

    /// <summary>Gives what is left, though a character may be unfinished, and starts over.</summary>
    public string Flush()
    {
        string rest = Give(Decode(_ids));
        _ids.Clear();
        _given = "";
        _givenIds = 0;
        _unfinishedTokens = 0;
        return rest;
    }

    private string Give(string text)
    {
        string added = text.StartsWith(_given, StringComparison.Ordinal) ? text[_given.Length..] : Decode(_ids[_givenIds..]);
        if (added.Length == 0)
        {
            return "";
        }

        // The tokens of this text are kept: what comes next may depend on not being the first.
        _ids.RemoveRange(0, _givenIds);
        _givenIds = _ids.Count;
        _given = Decode(_ids);
        return added;
    }

    private string Decode(List<int> ids) => _tokenizer.DecodeParts(ids, _skipSpecialTokens);
}
