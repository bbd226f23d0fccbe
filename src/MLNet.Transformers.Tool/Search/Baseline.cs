using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Search;

/// <summary>What can be had without learning, to compare a model with.</summary>
/// <param name="Description">How it answers, such as "always 'perl'".</param>
/// <param name="Metric">How good that is.</param>
internal sealed record Baseline(string Description, Metric Metric)
{
    /// <summary>The commonest class of the training rows, on those to measure on; null where there are no classes.</summary>
    public static Baseline? Of(MLContext mlContext, TrainingSetup setup, Fold fold) => LabelOf(setup.Dataset) is { } label && fold.TrainingRows.Schema[label].Type is TextDataViewType
        ? Commonest(label, fold)
        : null;

    private static string? LabelOf(Dataset dataset) => dataset switch
    {
        ImageFolderDataset => ImageFolderDataset.LabelColumnName,
        TabularDataset table when table.Find(ColumnPurpose.Label) is { } column => column.Name,
        _ => null,
    };

    private static Baseline Commonest(string label, Fold fold)
    {
        var commonest = Classes(label, fold.TrainingRows).CountBy(name => name).MaxBy(pair => pair.Value).Key;
        return new($"always '{commonest}'", new("MicroAccuracy", Classes(label, fold.ValidationRows).Average(name => name == commonest ? 1.0 : 0)));
    }

    private static IEnumerable<string> Classes(string label, IDataView rows) =>
        rows.GetColumn<ReadOnlyMemory<char>>(label).Select(value => value.ToString());
}
