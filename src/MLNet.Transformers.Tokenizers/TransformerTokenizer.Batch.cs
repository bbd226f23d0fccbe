using System.Runtime.ExceptionServices;

namespace MLNet.Transformers.Tokenizers;

public sealed partial class TransformerTokenizer
{
    // Below this, handing texts to other threads costs more than it brings.
    private const int FewestParallelCharacters = 1 << 14;

    /// <summary>Encodes texts, on all processors at once where there is enough to do, and pads them to one length where the pipeline says so.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that are used; <see langword="null"/> leaves it to the machine.</param>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut a text, or a word is unknown and there is no token for that.</exception>
    public IReadOnlyList<EncodedText> EncodeBatch(IReadOnlyList<string> texts, bool addSpecialTokens = true, int? maxDegreeOfParallelism = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return EncodeAll(texts.Count, i => (texts[i], null), addSpecialTokens, maxDegreeOfParallelism);
    }

    /// <summary>Encodes pairs of texts, on all processors at once where there is enough to do, and pads them to one length where the pipeline says so.</summary>
    /// <param name="pairs">The texts, two by two.</param>
    /// <param name="addSpecialTokens">Whether the post-processor adds special tokens.</param>
    /// <param name="maxDegreeOfParallelism">The most threads that are used; <see langword="null"/> leaves it to the machine.</param>
    /// <exception cref="InvalidOperationException">The pipeline's truncation cannot cut a pair, or a word is unknown and there is no token for that.</exception>
    public IReadOnlyList<EncodedText> EncodeBatch(IReadOnlyList<(string Text, string Pair)> pairs, bool addSpecialTokens = true, int? maxDegreeOfParallelism = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return EncodeAll(pairs.Count, i => (pairs[i].Text, pairs[i].Pair), addSpecialTokens, maxDegreeOfParallelism);
    }

    /// <summary>Turns the ids of many texts back into text.</summary>
    /// <param name="batch">The ids of each text.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public IReadOnlyList<string> DecodeBatch(IReadOnlyList<IEnumerable<int>> batch, bool skipSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return [.. batch.Select(ids => Decode(ids, skipSpecialTokens))];
    }

    private EncodedText[] EncodeAll(int count, Func<int, (string Text, string? Pair)> get, bool addSpecialTokens, int? maxDegreeOfParallelism)
    {
        var encoded = new EncodedText[count];

        // Padding waits for the longest text.
        Padding? padding = Pipeline.Padding is { Length: not null } ? Pipeline.Padding : null;
        RunInParallel(count, i => get(i).Text?.Length ?? throw new ArgumentException($"Text {i} of the batch is null."), maxDegreeOfParallelism, i =>
        {
            (string text, string? pair) = get(i);
            TokenCollector first = Collect(text, ref t_first);
            TokenCollector? second = pair is null ? null : Collect(pair, ref t_second);
            encoded[i] = Assemble(first, second, addSpecialTokens, padding);
        });

        if (Pipeline.Padding is { Length: null } longest && count > 0)
        {
            int length = EncodingAssembler.PaddedLength(longest, encoded.Max(text => text.Length));
            for (int i = 0; i < count; i++)
            {
                encoded[i] = encoded[i].PadTo(length, longest);
            }
        }

        return encoded;
    }

    private static void RunInParallel(int count, Func<int, int> getLength, int? maxDegreeOfParallelism, Action<int> run)
    {
        int threads = maxDegreeOfParallelism ?? Environment.ProcessorCount;
        long characters = 0;
        for (int i = 0; i < count && characters < FewestParallelCharacters; i++)
        {
            characters += getLength(i);
        }

        if (threads == 1 || count < 2 || characters < FewestParallelCharacters)
        {
            for (int i = 0; i < count; i++)
            {
                run(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, run);
        }
        catch (AggregateException exception)
        {
            // One text's complaint, as it would be without the threads.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
