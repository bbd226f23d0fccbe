namespace MLNet.Transformers.Models;

/// <summary>Makes a handful of classified texts many pairs: <see href="https://arxiv.org/abs/2209.11055">SetFit, Tunstall et al., 2022</see>, section 3.</summary>
public static class ContrastivePairs
{
    /// <summary>For each text, as often as asked, one of its class with a similarity of 1 and one of another class with a similarity of 0.</summary>
    /// <param name="texts">The classified texts, of at least two classes; one that is alone in its class makes no pairs of similarity 1.</param>
    /// <param name="pairsOfEach">How many pairs of either kind each text begins.</param>
    /// <param name="random">Draws the partners.</param>
    /// <exception cref="ArgumentException">All texts are of one class.</exception>
    public static IReadOnlyList<SentencePair> Of(IReadOnlyList<LabeledSequence> texts, int pairsOfEach, Random random)
    {
        if (texts.All(text => text.Label == texts[0].Label))
            throw new ArgumentException("All texts are of one class: there is nothing to tell apart.", nameof(texts));
        var pairs = new List<SentencePair>();
        foreach (var (index, text) in texts.Index())
        {
            var alike = texts.Index().Where(other => other.Index != index && other.Item.Label == text.Label).Select(other => other.Item.Tokens).ToArray();
            var apart = texts.Where(other => other.Label != text.Label).Select(other => other.Tokens).ToArray();
            for (var i = 0; i < pairsOfEach; i++)
            {
                if (alike.Length > 0)
                    pairs.Add(new SentencePair(text.Tokens, alike[random.Next(alike.Length)], 1));
                pairs.Add(new SentencePair(text.Tokens, apart[random.Next(apart.Length)], 0));
            }
        }
        return pairs;
    }
}
