using MLNet.Transformers.Tasks;

namespace MLNet.Transformers.Evaluation;

/// <summary>Reads for each label of each row whether it holds, and whether it was predicted.</summary>
internal sealed class LabelFlags
{
    private readonly LabelSet labels;
    private readonly DataViewSchema.Column label;
    private readonly DataViewSchema.Column predicted;

    private LabelFlags(LabelSet labels, DataViewSchema.Column label, DataViewSchema.Column predicted)
    {
        this.labels = labels;
        this.label = label;
        this.predicted = predicted;
    }

    /// <summary>What the labels are called.</summary>
    public IReadOnlyList<string> Names => labels.Names;

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or holds something else than flags or keys.</exception>
    /// <exception cref="ArgumentException">The columns have not the same number of labels, or do not tell it.</exception>
    public static LabelFlags Find(DataViewSchema schema, string labelColumn, string predictedColumn)
    {
        var label = LabelSet.Column(labelColumn).In(schema);
        var predicted = LabelColumns.Find(schema, predictedColumn);
        if (predicted.Type is not VectorDataViewType { ItemType: BooleanDataViewType })
            predicted = LabelSet.Column(predictedColumn).In(schema);
        var labels = LabelSet.From(label);
        var count = LabelSet.From(predicted).Names.Count;
        return count == labels.Names.Count
            ? new(labels, label, predicted)
            : throw new ArgumentException($"'{labelColumn}' has {labels.Names.Count} labels and '{predictedColumn}' has {count}.");
    }

    public IEnumerable<(bool[] Labels, bool[] Predicted)> Read(IDataView data)
    {
        using var cursor = data.GetRowCursor([label, predicted]);
        var (readLabels, readPredicted) = (Reader(cursor, label), Reader(cursor, predicted));
        while (cursor.MoveNext())
            yield return (readLabels(), readPredicted());
    }

    private Func<bool[]> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { ItemType: BooleanDataViewType })
        {
            var read = labels.Reader(row, column);
            return () => [.. read().Select(flag => flag == 1)];
        }
        var getter = row.GetGetter<VBuffer<bool>>(column);
        VBuffer<bool> flags = default;
        return () =>
        {
            getter(ref flags);
            return [.. flags.DenseValues()];
        };
    }
}
