using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Search;

/// <summary>Which rows trials learn from, and which they are measured on.</summary>
/// <param name="Folds">One pair of rows, or one for each fold of a cross-validation.</param>
/// <param name="AllRows">All rows, which the model is trained on after a cross-validation; null without one.</param>
internal sealed record DataSplit(IReadOnlyList<Fold> Folds, IDataView? AllRows)
{
    /// <summary>Splits the data as a job wants it: a file of its own to measure on, folds, or a share of the rows.</summary>
    /// <exception cref="InputException">There are no rows on one of the two sides.</exception>
    public static DataSplit Of(MLContext mlContext, Job job, Dataset dataset, Dataset? validation)
    {
        var rows = dataset.Load(mlContext);
        if (validation is not null)
            return new([Fold.Of(rows, validation.Load(mlContext), $"'{validation.Path}' has no rows.")], null);
        if (job.Folds is { } count)
            return new([.. mlContext.Data.CrossValidationSplit(rows, count, seed: job.Seed)
                .Select(fold => Fold.Of(fold.TrainSet, fold.TestSet, $"'{dataset.Path}' has too few rows for {count} folds: give a smaller --cv-fold."))], rows);
        var split = mlContext.Data.TrainTestSplit(rows, job.SplitRatio, seed: job.Seed);
        return new([Fold.Of(split.TrainSet, split.TestSet, $"'{dataset.Path}' has too few rows to keep some out of training: add rows, or give a --validation-dataset.")], null);
    }
}
