using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Evaluation;

/// <summary>The cosines of two columns of vectors beside a column of similarities.</summary>
internal static class EmbeddingCosines
{
    public static CorrelationMetrics Evaluate(IDataView data, string similarity, string first, string second)
    {
        DataViewSchema.Column[] columns =
        [
            new InputColumn(similarity, ColumnShape.Single).In(data.Schema),
            new InputColumn(first, ColumnShape.SingleVector).In(data.Schema),
            new InputColumn(second, ColumnShape.SingleVector).In(data.Schema),
        ];
        using var cursor = data.GetRowCursor(columns);
        var readSimilarity = cursor.GetGetter<float>(columns[0]);
        var (readFirst, readSecond) = (cursor.GetGetter<VBuffer<float>>(columns[1]), cursor.GetGetter<VBuffer<float>>(columns[2]));
        var (similarities, cosines) = (new List<double>(), new List<double>());
        float number = 0;
        VBuffer<float> one = default, other = default;
        while (cursor.MoveNext())
        {
            readSimilarity(ref number);
            readFirst(ref one);
            readSecond(ref other);
            if (one.Length != other.Length)
                throw new ArgumentException($"Row {cursor.Position} has {one.Length} numbers in '{first}' and {other.Length} in '{second}'.");
            similarities.Add(number);
            cosines.Add(Cosine([.. one.DenseValues()], [.. other.DenseValues()]));
        }
        return CorrelationMetrics.Of([.. similarities], [.. cosines]);
    }

    private static double Cosine(float[] first, float[] second)
    {
        var (product, firstSquares, secondSquares) = (0.0, 0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            product += (double)first[i] * second[i];
            firstSquares += (double)first[i] * first[i];
            secondSquares += (double)second[i] * second[i];
        }
        return product / Math.Sqrt(firstSquares * secondSquares);
    }
}
