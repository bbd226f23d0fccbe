namespace MLNet.Transformers.Models;

/// <summary>
/// Chooses the tokens that a model has to guess, and what stands in their place: section 3.1 of
/// <see href="https://arxiv.org/abs/1810.04805">Devlin et al., 2019</see>.
/// </summary>
/// <param name="MaskId">The id of the mask token.</param>
/// <param name="ReplacementIds">The ids that a wrong token is drawn from.</param>
public sealed record TokenMasking(int MaskId, IReadOnlyList<int> ReplacementIds)
{
    /// <summary>Share of the tokens that are to be guessed; at least one a sequence.</summary>
    public double Probability { get; init; } = 0.15;

    /// <summary>Share of those in whose place the mask token stands.</summary>
    public double MaskedShare { get; init; } = 0.8;

    /// <summary>Share of those in whose place a token drawn at random stands; the rest stay.</summary>
    public double ReplacedShare { get; init; } = 0.1;

    /// <summary>Whether all tokens of a word are to be guessed together, as in the later releases of BERT.</summary>
    public bool WholeWords { get; init; }

    /// <summary>A copy of a sequence with tokens hidden.</summary>
    public MaskedSequence Apply(MaskableSequence sequence, Random random)
    {
        var ids = (int[])sequence.Tokens.Ids.Clone();
        var positions = Choose(sequence.Words, random);
        var answers = Array.ConvertAll(positions, position => ids[position]);
        foreach (var position in positions)
        {
            var draw = random.NextDouble();
            if (draw < MaskedShare)
                ids[position] = MaskId;
            else if (draw < MaskedShare + ReplacedShare)
                ids[position] = ReplacementIds[random.Next(ReplacementIds.Count)];
        }
        return new MaskedSequence(sequence.Tokens with { Ids = ids }, positions, answers);
    }

    /// <summary>Takes words in random order as long as they fit into the share; a single token is a word by itself when words may be split.</summary>
    private int[] Choose(int[] words, Random random)
    {
        var pieces = Pieces(words);
        var wanted = Math.Max(1, (int)Math.Round(Probability * pieces.Sum(piece => piece.Length)));
        random.Shuffle(pieces);
        var chosen = new List<int>(wanted);
        foreach (var piece in pieces)
            if (chosen.Count == 0 || chosen.Count + piece.Length <= wanted)
                chosen.AddRange(piece);
        chosen.Sort();
        return [.. chosen];
    }

    /// <summary>The positions that are hidden together.</summary>
    private int[][] Pieces(int[] words)
    {
        var pieces = new List<int[]>();
        for (int start = 0, end; start < words.Length; start = end)
        {
            end = start + 1;
            while (WholeWords && end < words.Length && words[end] == words[start])
                end++;
            if (words[start] >= 0)
                pieces.Add([.. Enumerable.Range(start, end - start)]);
        }
        return [.. pieces];
    }
}
