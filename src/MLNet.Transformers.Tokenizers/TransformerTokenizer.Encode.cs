namespace MLNet.Transformers.Tokenizers;

public sealed partial class TransformerTokenizer
{
    [ThreadStatic]
    private static TokenCollector? t_first;

    [ThreadStatic]
    private static TokenCollector? t_second;

    [ThreadStatic]
    private static IdCollector? t_ids;

    /// <summary>Encodes a text, or two that belong together.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pair">The text that belongs to it, if there is one.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut these texts, or a word is unknown and there is no token for that.</exception>
    public EncodedText Encode(string text, string? pair = null, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        TokenCollector first = Collect(text, ref t_first);
        TokenCollector? second = pair is null ? null : Collect(pair, ref t_second);
        return Assemble(first, second, addSpecialTokens, Pipeline.Padding);
    }

    /// <summary>Encodes a text, or two that belong together, given word by word; word ids and offsets refer to these words.</summary>
    /// <param name="words">The words of the text.</param>
    /// <param name="pair">The words of the text that belongs to it, if there is one.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut these texts, or a word is unknown and there is no token for that.</exception>
    public EncodedText EncodeWords(IReadOnlyList<string> words, IReadOnlyList<string>? pair = null, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(words);
        TokenCollector first = Collect(words, ref t_first);
        TokenCollector? second = pair is null ? null : Collect(pair, ref t_second);
        return Assemble(first, second, addSpecialTokens, Pipeline.Padding);
    }

    /// <summary>Appends the ids of a text; no memory but that of <paramref name="ids"/> is taken.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ids">Where the ids go.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut this text, or a word is unknown and there is no token for that.</exception>
    public void AppendIds(ReadOnlySpan<char> text, List<int> ids, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ReadOnlySpan<int> collected = CollectIds(text);
        AssemblyStep[] steps = GetSteps(isPair: false, addSpecialTokens);
        (int start, int end) = TokenWindows.Cut(collected.Length, null, CountSpecials(steps), Pipeline.Truncation).First[0];
        foreach (AssemblyStep step in steps)
        {
            if (step.IsText)
            {
                ids.AddRange(collected[start..end]);
                continue;
            }

            foreach ((_, int id) in step.Specials)
            {
                ids.Add(id);
            }
        }
    }

    /// <summary>Writes the ids of a text; no memory is taken.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Where the ids go.</param>
    /// <param name="idsWritten">How many there are; 0 where <paramref name="destination"/> has too little room.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <returns>Whether <paramref name="destination"/> had room for all.</returns>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut this text, or a word is unknown and there is no token for that.</exception>
    public bool TryEncode(ReadOnlySpan<char> text, Span<int> destination, out int idsWritten, bool addSpecialTokens = true)
    {
        ReadOnlySpan<int> collected = CollectIds(text);
        AssemblyStep[] steps = GetSteps(isPair: false, addSpecialTokens);
        int specials = CountSpecials(steps);
        int start = 0, end = collected.Length;
        if (Pipeline.Truncation is { } truncation && end + specials > truncation.MaxLength)
        {
            (start, end) = TokenWindows.Cut(end, null, specials, truncation).First[0];
        }

        idsWritten = 0;
        if (destination.Length < end - start + specials)
        {
            return false;
        }

        foreach (AssemblyStep step in steps)
        {
            if (step.IsText)
            {
                collected[start..end].CopyTo(destination[idsWritten..]);
                idsWritten += end - start;
                continue;
            }

            foreach ((_, int id) in step.Specials)
            {
                destination[idsWritten++] = id;
            }
        }

        return true;
    }

    private ReadOnlySpan<int> CollectIds(ReadOnlySpan<char> text, bool normalizes = true, bool preTokenizes = true)
    {
        IdCollector collector = t_ids ??= new IdCollector();
        collector.Start(Words);
        _encoder.Encode(text, collector, normalizes, preTokenizes);
        return collector.Ids.Ids;
    }

    private TokenCollector Collect(ReadOnlySpan<char> text, ref TokenCollector? reused)
    {
        TokenCollector collector = reused ??= new TokenCollector();
        collector.Start(this);
        _encoder.Encode(text, collector);
        return collector;
    }

    private TokenCollector Collect(IReadOnlyList<string> words, ref TokenCollector? reused)
    {
        TokenCollector collector = reused ??= new TokenCollector();
        collector.Start(this);
        for (int i = 0; i < words.Count; i++)
        {
            collector.StartWord(i);
            _encoder.Encode(words[i], collector);
        }

        return collector;
    }

    private EncodedText Assemble(TokenCollector first, TokenCollector? second, bool addSpecialTokens, Padding? padding)
    {
        AssemblyStep[] steps = GetSteps(second is not null, addSpecialTokens);
        TokenWindows windows = TokenWindows.Cut(first.Count, second?.Count, CountSpecials(steps), Pipeline.Truncation);
        ReadOnlySpan<CollectedToken> secondTokens = second is null ? [] : second.Tokens;
        return new EncodingAssembler(first.Tokens, secondTokens, steps, _plan.Trimming).Assemble(windows, padding);
    }

    private AssemblyStep[] GetSteps(bool isPair, bool addSpecialTokens) => _plan.GetSteps(isPair, addSpecialTokens);

    private static int CountSpecials(AssemblyStep[] steps)
    {
        int count = 0;
        foreach (AssemblyStep step in steps)
        {
            count += step.Specials.Length;
        }

        return count;
    }
}
