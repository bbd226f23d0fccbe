namespace Microsoft.ML;

public sealed partial class RegressionCatalog
{
    /// <summary>Compares scores with labels.</summary>
    public RegressionMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score)
    {
        Environment.CheckValue(data, nameof(data));
        Environment.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        Environment.CheckNonEmpty(scoreColumnName, nameof(scoreColumnName));
        var (label, score) = (data.Schema.InRole(labelColumnName, "Label"), data.Schema.InRole(scoreColumnName, "Score"));
        Check(score, "score");
        Check(label, "label");
        var sums = new RegressionSums();
        using var cursor = data.GetRowCursor([label, score]);
        var (getLabel, getScore) = (cursor.GetGetter<float>(label), cursor.GetGetter<float>(score));
        float labelValue = 0, scoreValue = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref labelValue);
            getScore(ref scoreValue);
            sums.Add(labelValue, scoreValue);
        }

        return new(sums);

        void Check(DataViewSchema.Column column, string role)
        {
            if (column.Type != NumberDataViewType.Single)
                throw Environment.ExceptSchemaMismatch("schema", role, column.Name, "Single", column.Type.ToString());
        }
    }

    /// <summary>Trains as often as there are folds, on all but one of them, and evaluates on that one.</summary>
    public IReadOnlyList<CrossValidationResult<RegressionMetrics>> CrossValidate(
        IDataView data,
        IEstimator<ITransformer> estimator,
        int numberOfFolds = 5,
        string labelColumnName = DefaultColumnNames.Label,
        string samplingKeyColumnName = null,
        int? seed = null)
    {
        Environment.CheckNonEmpty(labelColumnName, nameof(labelColumnName));
        return CrossValidate(data, estimator, numberOfFolds, samplingKeyColumnName, seed, scores => Evaluate(scores, labelColumnName));
    }
}
