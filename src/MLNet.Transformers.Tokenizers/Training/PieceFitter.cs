namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Fits the probabilities of pieces to a corpus by expectation maximization, and drops the pieces that the corpus misses
/// least.
/// </summary>
/// <seealso href="https://aclanthology.org/P18-1007/"/>
internal sealed class PieceFitter(KeyValuePair<string, long>[] words, CancellationToken cancellationToken)
{
    // The words are always shared out to as many parts, whatever the number of cores, so that sums come out the same.
    private const int Parts = 8;

    private const double LeastExpectedFrequency = 0.5;

    /// <summary>One round of expectation maximization; pieces that are hardly expected are dropped.</summary>
    public PieceModel Fit(PieceModel model)
    {
        double[] expected = SumOverWords(model, static (lattice, frequency, sums) => lattice.AddExpectations(frequency, sums));
        // Where all are rare, the corpus is too small to drop more than it can miss: the most frequent stays.
        double least = Math.Min(LeastExpectedFrequency, expected.Max());
        double sum = expected.Where(frequency => frequency >= least).Sum();
        // Digamma in the place of the logarithm is a prior for few pieces:
        // https://cs.stanford.edu/~pliang/papers/tutorial-acl2007-talk.pdf
        double total = Digamma(sum);
        return new PieceModel(
        [
            .. model.Pieces
                .Select((piece, index) => (piece.Token, Frequency: expected[index]))
                .Where(piece => piece.Frequency >= least)
                .Select(piece => new UnigramPiece(piece.Token, Digamma(piece.Frequency) - total)),
        ]);
    }

    /// <summary>Keeps the <paramref name="count"/> pieces whose loss would make the corpus least probable.</summary>
    public PieceModel Prune(PieceModel model, int count)
    {
        double[] frequencies = SumOverWords(model, static (lattice, frequency, sums) => lattice.AddBest(frequency, sums));
        double total = frequencies.Sum();
        double wordTotal = words.Sum(word => word.Value);
        PieceLattice lattice = new();
        List<int> pieces = [];
        List<UnigramPiece> kept = [];
        List<(UnigramPiece Piece, double Loss)> candidates = [];
        for (int index = 0; index < model.Pieces.Count; index++)
        {
            UnigramPiece piece = model.Pieces[index];
            double frequency = frequencies[index];
            lattice.Fill(piece.Token, model);
            lattice.TryFindBest(pieces);
            if (frequency == 0 || pieces.Count > 1)
            {
                continue;
            }
            if (!lattice.TryFindBest(pieces, exceptWhole: true))
            {
                kept.Add(piece);
                continue;
            }
            // Each use of the piece would become a use of each piece of the next best way.
            double logTotal = Math.Log(total + (frequency * (pieces.Count - 1)));
            double instead = pieces.Sum(other => Math.Log((other < 0 ? 0 : frequencies[other]) + frequency) - logTotal);
            double loss = frequency / wordTotal * (Math.Log(frequency) - Math.Log(total) - instead);
            candidates.Add((piece, loss));
        }
        kept.AddRange(candidates
            .OrderByDescending(candidate => candidate.Loss)
            .Take(Math.Max(0, count - kept.Count))
            .Select(candidate => candidate.Piece));
        return new PieceModel(kept);
    }

    private double[] SumOverWords(PieceModel model, Action<PieceLattice, double, double[]> add)
    {
        double[][] parts = new double[Parts][];
        ParallelOptions options = new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, Parts, options, part =>
        {
            PieceLattice lattice = new();
            double[] sums = parts[part] = new double[model.Pieces.Count];
            for (int word = part; word < words.Length; word += Parts)
            {
                lattice.Fill(words[word].Key, model);
                add(lattice, words[word].Value, sums);
            }
        });
        double[] total = parts[0];
        foreach (double[] part in parts.Skip(1))
        {
            for (int piece = 0; piece < total.Length; piece++)
            {
                total[piece] += part[piece];
            }
        }
        return total;
    }

    // Shifts the argument up by the recurrence, to where the asymptotic series at the midpoint is exact to double precision.
    private static double Digamma(double value)
    {
        double result = 0;
        for (; value < 7; value++)
        {
            result -= 1 / value;
        }
        double middle = value - 0.5;
        double square = 1 / (middle * middle);
        return result + Math.Log(middle)
            + (square * ((1.0 / 24) - (square * ((7.0 / 960) - (square * ((31.0 / 8064) - (square * (127.0 / 30720))))))));
    }
}
