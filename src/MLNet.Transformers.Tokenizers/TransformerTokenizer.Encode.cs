namespace MLNet.Transformers.Tokenizers;

public sealed partial class TransformerTokenizer
{
    [ThreadStatic]
    private static TokenCollector? t_first;

    [ThreadStatic]
    private static TokenCollector? t_second;

    [ThreadStatic]
    private static IdCollector? t_ids;

    [ThreadStatic]
    private static IdCollector? t_pairIds;

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

    /// <summary>Writes the ids of a pair of texts, and which text each is of in the eyes of the model; no memory is taken.</summary>
    /// <param name="text">The first text.</param>
    /// <param name="pair">The second text.</param>
    /// <param name="ids">Where the ids go.</param>
    /// <param name="typeIds">Where the type ids go, as many as ids.</param>
    /// <param name="idsWritten">How many there are; 0 where a destination has too little room.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <returns>Whether both destinations had room for all.</returns>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut these texts, or a word is unknown and there is no token for that.</exception>
    public bool TryEncode(ReadOnlySpan<char> text, ReadOnlySpan<char> pair, Span<int> ids, Span<int> typeIds, out int idsWritten, bool addSpecialTokens = true)
    {
        // The second text in a list of its own: the first is still needed.
        IdCollector second = t_pairIds ??= new IdCollector();
        second.Start(Words);
        _encoder.Encode(pair, second);
        ReadOnlySpan<int> first = CollectIds(text);
        AssemblyStep[] steps = GetSteps(isPair: true, addSpecialTokens);
        TokenWindows windows = TokenWindows.Cut(first.Length, second.Ids.Count, CountSpecials(steps), Pipeline.Truncation);
        ReadOnlySpan<int> keptFirst = first[windows.First[0].Start..windows.First[0].End];
        ReadOnlySpan<int> keptSecond = second.Ids.Ids[windows.Second[0].Start..windows.Second[0].End];
        return TryWrite(steps, keptFirst, keptSecond, ids, typeIds, out idsWritten);
    }

    private static bool TryWrite(AssemblyStep[] steps, ReadOnlySpan<int> first, ReadOnlySpan<int> second, Span<int> ids, Span<int> typeIds, out int idsWritten)
    {
        int written = 0, room = Math.Min(ids.Length, typeIds.Length);
        idsWritten = 0;
        foreach (AssemblyStep step in steps)
        {
            int count = step.Sequence switch
            {
                0 => first.Length,
                1 => second.Length,
                _ => step.Specials.Length,
            };
            if (room - written < count)
            {
                return false;
            }

            if (step.IsText)
            {
                (step.Sequence == 0 ? first : second).CopyTo(ids[written..]);
            }

            for (int i = 0; i < step.Specials.Length; i++)
            {
                ids[written + i] = step.Specials[i].Id;
            }

            typeIds.Slice(written, count).Fill(step.TypeId);
            written += count;
        }

        idsWritten = written;
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
        EncodedText encoded = new EncodingAssembler(first.Tokens, secondTokens, steps, _plan.Trimming).Assemble(windows, padding);
        first.Release();
        second?.Release();
        return encoded;
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
