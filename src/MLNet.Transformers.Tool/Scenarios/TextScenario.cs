using MLNet.Transformers.Models;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>A scenario that learns from a text file.</summary>
internal abstract class TextScenario : Scenario
{
    /// <summary>What kind of model can start it, such as "a model that reads texts, such as BERT".</summary>
    protected abstract string WantedModel { get; }

    /// <summary>The columns that the model reads, and the vocabulary is learnt from.</summary>
    protected abstract IReadOnlyList<ColumnPurpose> Texts { get; }

    /// <summary>Whether models of a family can learn it.</summary>
    protected abstract bool Fits(TextConfig config);

    /// <inheritdoc/>
    public override void Check(MLContext mlContext, TrainingSetup setup)
    {
        if (setup.PretrainedFolder is { } folder)
        {
            var config = StartingFolder.OpenText(folder);
            StartingFolder.Require(folder, config, Fits(config), Command, WantedModel);
        }
        var rows = setup.Dataset.Load(mlContext);
        foreach (var role in Columns.Where(role => role.Kind == DataKind.String && !MayBeEmpty(role.Purpose)))
        {
            var column = Column(setup, role.Purpose);
            var empty = rows.GetColumn<ReadOnlyMemory<char>>(column).Index().Where(text => text.Item.Span.IsWhiteSpace()).Select(text => (int?)text.Index).FirstOrDefault();
            if (empty is { } row)
                throw new InputException($"Row {row + 1} of '{setup.Dataset.Path}' has nothing in '{column}', where {role.Description} should be: fill it in, or take the row out.");
        }
    }

    /// <summary>Whether a row may have nothing in a column.</summary>
    protected virtual bool MayBeEmpty(ColumnPurpose purpose) => false;

    /// <summary>The column of a purpose.</summary>
    protected static string Column(TrainingSetup setup, ColumnPurpose purpose) => ((TabularDataset)setup.Dataset)[purpose].Name;

    /// <summary>The name of a column for answers, which no column of the data has.</summary>
    protected static string AnswerColumn(TrainingSetup setup, string name)
    {
        var taken = ((TabularDataset)setup.Dataset).Columns.Select(column => column.Name).ToHashSet();
        while (taken.Contains(name))
            name = "Predicted" + name;
        return name;
    }

    /// <summary>How much text there is.</summary>
    protected TextAmount Amount(TrainingSetup setup) => TextAmount.Of(setup, Texts);
}
