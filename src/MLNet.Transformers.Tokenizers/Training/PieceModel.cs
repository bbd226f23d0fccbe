namespace MLNet.Transformers.Tokenizers;

/// <summary>A Unigram vocabulary in training: pieces with the logarithms of their probabilities.</summary>
internal sealed class PieceModel
{
    // How much less probable than the least probable piece a character is that no piece has.
    private const double UnknownPenalty = 10;

    public PieceModel(IReadOnlyList<UnigramPiece> pieces)
    {
        Pieces = pieces;
        Scores = [.. pieces.Select(piece => piece.Score)];
        LeastScore = Scores.Min();
        Trie = new UnigramTrie(pieces.Select((piece, index) => KeyValuePair.Create(piece.Token, index)));
    }

    /// <summary>Starts from substrings, each as probable as the share of characters it covers.</summary>
    public static PieceModel FromSeeds(IReadOnlyList<SeedPiece> seeds)
    {
        double total = Math.Log(seeds.Sum(seed => (double)seed.Coverage));
        return new PieceModel([.. seeds.Select(seed => new UnigramPiece(seed.Text, Math.Log(seed.Coverage) - total))]);
    }

    public IReadOnlyList<UnigramPiece> Pieces { get; }

    public double[] Scores { get; }

    public double LeastScore { get; }

    public double UnknownScore => LeastScore - UnknownPenalty;

    public UnigramTrie Trie { get; }
}
