using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>How much text there is to learn from, which the sizes of vocabularies, windows and batches follow from.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Characters">Length of all texts together.</param>
/// <param name="UsualCharacters">Length that the texts of a row, together, have at most in nineteen rows of twenty.</param>
internal sealed record TextAmount(int Rows, long Characters, int UsualCharacters)
{
    private const double CharactersPerToken = 4;

    private static readonly ConditionalWeakTable<Dataset, ConcurrentDictionary<string, TextAmount>> Known = [];

    /// <summary>Tokens in all texts, roughly.</summary>
    public double Tokens => (Characters / CharactersPerToken) + (2 * Rows);

    /// <summary>Tokens that the texts of nineteen rows of twenty fit in, with the special ones; a multiple of 16.</summary>
    /// <param name="most">The most, however long the texts are.</param>
    public int Length(int most) => Math.Clamp(((UsualCharacters / 3) + 3 + 15) / 16 * 16, 16, most);

    /// <summary>Pieces of a vocabulary, each of which stands in the texts often enough to be learnt.</summary>
    /// <param name="charactersPerPiece">How much text a piece needs.</param>
    public int Vocabulary(int charactersPerPiece) => (int)Math.Clamp(Characters / charactersPerPiece / 100 * 100, 1000, 8000);

    /// <summary>Tokens in a batch, such that a pass has enough steps: a power of two.</summary>
    public int BatchTokens(int least, int most) => (int)Math.Clamp(Math.Pow(2, Math.Round(Math.Log2(Math.Max(1, Tokens / 64)))), least, most);

    /// <summary>Passes that are worth trying, fewer over many rows.</summary>
    /// <param name="rowsSeen">Rows, each time counted again, after which a model learns little more.</param>
    public int Epochs(int rowsSeen) => Math.Clamp((int)Math.Ceiling((double)rowsSeen / Math.Max(1, Rows)), 6, 40);

    /// <summary>Counts the texts in columns of the data, once for each data.</summary>
    public static TextAmount Of(TrainingSetup setup, params IEnumerable<ColumnPurpose> purposes)
    {
        var dataset = (TabularDataset)setup.Dataset;
        string[] names = [.. purposes.Select(purpose => dataset[purpose].Name)];
        return Known.GetOrCreateValue(dataset).GetOrAdd(string.Join('\t', names), _ => Count(dataset, names));
    }

    private static TextAmount Count(TabularDataset dataset, string[] names)
    {
        var rows = dataset.Load(new MLContext());
        var lengths = names.Select(name => rows.GetColumn<ReadOnlyMemory<char>>(name).Select(text => text.Length).ToArray())
            .Aggregate((first, second) => [.. first.Zip(second, (one, other) => one + other)]);
        Array.Sort(lengths);
        return new TextAmount(lengths.Length, lengths.Sum(length => (long)length), lengths.Length == 0 ? 0 : lengths[(lengths.Length - 1) * 19 / 20]);
    }
}
