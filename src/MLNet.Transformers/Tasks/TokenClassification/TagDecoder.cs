namespace MLNet.Transformers.Tasks;

/// <summary>What a model says of a text: a tag and probabilities for every word, and the entities.</summary>
/// <param name="Words">Where the words stand.</param>
/// <param name="Tags">One key a word, from 1; 0 for a word that has no token where the tags have none for words outside of entities.</param>
/// <param name="Scores">The probability of each tag for each word, word by word.</param>
/// <param name="Entities">The entities, in order.</param>
internal sealed record TaggedText(IReadOnlyList<TextExtent> Words, uint[] Tags, float[] Scores, IReadOnlyList<TextEntity> Entities);

/// <summary>A part of a text with a type.</summary>
internal readonly record struct TextEntity(string Type, string Text, int Start, int Length, float Score);

/// <summary>Puts the answers to tokens together to those to words and entities.</summary>
internal sealed class TagDecoder(TagSet tags, int classes, AggregationStrategy strategy)
{
    /// <param name="text">The text.</param>
    /// <param name="probabilities">Of each tag for each of the text's tokens, token by token.</param>
    public TaggedText Decode(TaggableText text, float[] probabilities)
    {
        var scores = new float[text.Words.Count * classes];
        var words = new uint[text.Words.Count];
        Array.Fill(words, tags.Outside is { } outside ? (uint)outside + 1 : 0);
        for (int start = 0, end; start < text.Tokens.Count; start = end)
        {
            var word = text.Tokens[start].Word;
            for (end = start + 1; end < text.Tokens.Count && text.Tokens[end].Word == word; end++)
            {
            }
            if (word == WordToken.NoWord)
                continue;
            var target = scores.AsSpan(word * classes, classes);
            Aggregate(probabilities.AsSpan(start * classes, (end - start) * classes), target);
            words[word] = (uint)Likeliest(target) + 1;
        }
        return new TaggedText(text.Words, words, scores, strategy == AggregationStrategy.Simple
            ? Entities(text, [.. text.Tokens.Select(token => token.Extent)], probabilities, [.. Tokens(probabilities)])
            : Entities(text, text.Words, scores, [.. words.Select(word => (int)word - 1)]));
    }

    /// <summary>A word's probabilities from its tokens'.</summary>
    private void Aggregate(ReadOnlySpan<float> tokens, Span<float> word)
    {
        tokens[..classes].CopyTo(word);
        if (strategy is AggregationStrategy.First or AggregationStrategy.Simple)
            return;
        for (var start = classes; start < tokens.Length; start += classes)
        {
            var token = tokens.Slice(start, classes);
            if (strategy == AggregationStrategy.Average)
                for (var i = 0; i < classes; i++)
                    word[i] += token[i];
            else if (token[Likeliest(token)] > word[Likeliest(word)])
                token.CopyTo(word);
        }
        if (strategy == AggregationStrategy.Average)
            foreach (ref var value in word)
                value /= tokens.Length / classes;
    }

    private IEnumerable<int> Tokens(float[] probabilities) =>
        Enumerable.Range(0, probabilities.Length / classes).Select(token => Likeliest(probabilities.AsSpan(token * classes, classes)));

    /// <summary>The entities that the tags of words, or of tokens, spell; each as sure as its parts in the mean.</summary>
    private List<TextEntity> Entities(TaggableText text, IReadOnlyList<TextExtent> parts, float[] scores, int[] predicted)
    {
        var entities = new List<TextEntity>();
        foreach (var entity in tags.Read(predicted))
        {
            var extent = new TextExtent(parts[entity.Start].Start, parts[entity.End - 1].End).TrimIn(text.Text);
            var score = Enumerable.Range(entity.Start, entity.End - entity.Start).Average(part => scores[(part * classes) + predicted[part]]);
            entities.Add(new TextEntity(entity.Type, extent.In(text.Text), extent.Start, extent.Length, score));
        }
        return entities;
    }

    private static int Likeliest(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[best])
                best = i;
        return best;
    }
}
