using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>All the ways to cut a word into pieces, in memory that is used again for the next word.</summary>
/// <seealso href="https://aclanthology.org/P18-1007/"/>
internal sealed class PieceLattice
{
    /// <summary>Stands for a character that no piece has.</summary>
    public const int Unknown = -1;

    // Ordered by start, so that all ways to a position are known before any that goes on from it.
    private readonly List<Edge> _edges = [];
    private readonly List<int> _way = [];
    private Position[] _positions = new Position[64];
    private int _length;

    /// <summary>Finds the pieces of <paramref name="model"/> in <paramref name="word"/>.</summary>
    public void Fill(string word, PieceModel model)
    {
        _edges.Clear();
        _length = word.Length;
        if (_positions.Length <= _length)
        {
            _positions = new Position[2 * (_length + 1)];
        }
        for (int start = 0, length; start < word.Length; start += length)
        {
            length = char.IsSurrogatePair(word, start) ? 2 : 1;
            bool isCovered = false;
            int node = UnigramTrie.Root;
            for (int end = start; end < word.Length && (node = model.Trie.Step(node, word[end++])) != UnigramTrie.Nowhere;)
            {
                int piece = model.Trie.Piece(node);
                if (piece >= 0)
                {
                    _edges.Add(new Edge(start, end, piece, model.Scores[piece]));
                    isCovered |= end - start == length;
                }
            }
            if (!isCovered)
            {
                _edges.Add(new Edge(start, start + length, Unknown, model.UnknownScore));
            }
        }
    }

    /// <summary>
    /// Adds to <paramref name="expected"/> how often each piece is expected in <paramref name="frequency"/> occurrences of
    /// the word, by the forward-backward algorithm.
    /// </summary>
    public void AddExpectations(double frequency, double[] expected)
    {
        Span<Position> positions = _positions.AsSpan(0, _length + 1);
        positions.Fill(Position.Unreached);
        positions[0].Before = LogSum.Certain;
        positions[_length].After = LogSum.Certain;
        ReadOnlySpan<Edge> edges = CollectionsMarshal.AsSpan(_edges);
        foreach (ref readonly Edge edge in edges)
        {
            positions[edge.End].Before.Add(positions[edge.Start].Before.Logarithm() + edge.Score);
        }
        double total = positions[_length].Before.Logarithm();
        for (int index = edges.Length - 1; index >= 0; index--)
        {
            ref readonly Edge edge = ref edges[index];
            double onwards = edge.Score + positions[edge.End].After.Logarithm();
            positions[edge.Start].After.Add(onwards);
            if (edge.Piece != Unknown)
            {
                expected[edge.Piece] += frequency * Math.Exp(positions[edge.Start].Before.Logarithm() + onwards - total);
            }
        }
    }

    /// <summary>Adds <paramref name="frequency"/> to the count of each piece of the most probable way to cut the word.</summary>
    public void AddBest(double frequency, double[] counts)
    {
        TryFindBest(_way);
        foreach (int piece in _way)
        {
            if (piece != Unknown)
            {
                counts[piece] += frequency;
            }
        }
    }

    /// <summary>Finds the most probable way to cut the word.</summary>
    /// <param name="pieces">Is filled with the pieces of that way, last first, <see cref="Unknown"/> where there is none.</param>
    /// <param name="exceptWhole">Leaves out the way that takes the word as one piece.</param>
    /// <returns>Whether there is any way.</returns>
    public bool TryFindBest(List<int> pieces, bool exceptWhole = false)
    {
        pieces.Clear();
        Span<Position> positions = _positions.AsSpan(0, _length + 1);
        positions.Fill(Position.Unreached);
        positions[0].BestScore = 0;
        for (int index = 0; index < _edges.Count; index++)
        {
            Edge edge = _edges[index];
            double score = positions[edge.Start].BestScore + edge.Score;
            if (score > positions[edge.End].BestScore && !(exceptWhole && edge.Start == 0 && edge.End == _length))
            {
                positions[edge.End].BestScore = score;
                positions[edge.End].BestEdge = index;
            }
        }
        for (int end = _length; end > 0; end = _edges[positions[end].BestEdge].Start)
        {
            if (positions[end].BestEdge < 0)
            {
                return false;
            }
            pieces.Add(_edges[positions[end].BestEdge].Piece);
        }
        return true;
    }

    private readonly record struct Edge(int Start, int End, int Piece, double Score);

    private struct Position
    {
        public static readonly Position Unreached = new()
        {
            Before = LogSum.Impossible,
            After = LogSum.Impossible,
            BestScore = double.NegativeInfinity,
            BestEdge = -1,
        };

        public LogSum Before;
        public LogSum After;
        public double BestScore;
        public int BestEdge;
    }
}
