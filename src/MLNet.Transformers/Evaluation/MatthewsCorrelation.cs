namespace MLNet.Transformers.Evaluation;

/// <summary>
/// How much predicted classes tell of the true ones, however unequal the classes are:
/// <see href="https://doi.org/10.1016/j.compbiolchem.2004.09.006">Gorodkin, 2004</see>, which with two classes is Matthews' of 1975.
/// </summary>
internal static class MatthewsCorrelation
{
    /// <summary>From -1 to 1; 0 where all rows are of one class, or predicted as one.</summary>
    public static double Of(IDataView data, string labelColumn, string predictedColumn)
    {
        var (labels, predictions) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        var (rows, right) = (0.0, 0.0);
        foreach (var (row, label, predicted) in LabelColumns.ReadVectors(data, labelColumn, predictedColumn))
        {
            if (label.Length != 1 || predicted.Length != 1)
                throw new ArgumentException($"Row {row} has {label.Length} classes in '{labelColumn}' and {predicted.Length} in '{predictedColumn}' instead of one each.");
            labels[label[0]] = labels.GetValueOrDefault(label[0]) + 1;
            predictions[predicted[0]] = predictions.GetValueOrDefault(predicted[0]) + 1;
            rows++;
            right += label[0] == predicted[0] ? 1 : 0;
        }
        if (rows == 0)
            throw new ArgumentException("There are no rows to evaluate.");
        var expected = labels.Sum(label => label.Value * predictions.GetValueOrDefault(label.Key));
        var spread = (rows * rows - labels.Values.Sum(count => count * count)) * (rows * rows - predictions.Values.Sum(count => count * count));
        return spread == 0 ? 0 : (right * rows - expected) / Math.Sqrt(spread);
    }
}
