using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>The column, or the two, that a task reads texts from.</summary>
/// <param name="TextName">The text.</param>
/// <param name="PairName">A second text, read after the first; null for none.</param>
internal sealed record TextInput(string TextName, string? PairName = null)
{
    public IReadOnlyList<InputColumn> Columns { get; } = PairName is null
        ? [new(TextName, ColumnShape.Text)]
        : [new(TextName, ColumnShape.Text), new(PairName, ColumnShape.Text)];

    /// <summary>Reads the texts of the row that <paramref name="row"/> stands on as the model takes them.</summary>
    public Func<TokenSequence> Reader(DataViewRow row, TextTaskModel model)
    {
        var readers = Columns.Select(column => TextColumns.Reader(row, column.In(row.Schema))).ToArray();
        return () => model.Encode(readers[0](), readers.Length > 1 ? readers[1]() : null);
    }

    /// <summary>Does the same, to learn from them.</summary>
    /// <exception cref="ArgumentException">The reader throws it where a row has no text.</exception>
    public Func<TokenSequence> LearningReader(DataViewRow row, TextTaskModel model)
    {
        var readers = Columns.Select(column => TextColumns.LearningReader(row, column.In(row.Schema))).ToArray();
        return () => model.Encode(readers[0](), readers.Length > 1 ? readers[1]() : null);
    }
}
