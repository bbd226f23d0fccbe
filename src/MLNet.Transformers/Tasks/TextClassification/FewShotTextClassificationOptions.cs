using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>
/// Options of a classifier that learns from a handful of texts a class: first to bring texts of a class near each other, then to
/// tell the classes apart: <see href="https://arxiv.org/abs/2209.11055">SetFit, Tunstall et al., 2022</see>.
/// </summary>
/// <remarks>
/// An epoch is a pass over all pairs of texts, and one is the default. The method lives on what the model has learnt before: start from a
/// <see cref="FineTuningOptions.PretrainedFolder"/>, best of all one of sentence-transformers.
/// </remarks>
public sealed record FewShotTextClassificationOptions : TextFineTuningOptions
{
    /// <summary>As few-shot learning needs them.</summary>
    public FewShotTextClassificationOptions() => Epochs = 1;

    /// <summary>The class of each row, a key.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>The name of the output with one probability a class.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with the likeliest class, a key.</summary>
    public string PredictedLabelColumnName { get; init; } = "PredictedLabel";

    /// <summary>How many pairs with a text of its class, and how many with one of another class, each text begins.</summary>
    public int PairsOfEach { get; init; } = 20;

    /// <summary>How strongly the classifier's weights are kept small: the inverse of the C of a logistic regression.</summary>
    public double Regularization { get; init; } = 1;

    // Pairs of texts move the vectors of rare words far: rates that suit a classifier forget what the words had in common.
    private protected override double ScratchLearningRate => 3e-4;

    internal override TextTask Bind(DataViewSchema schema) => Task(ClassLabels.From(Columns.Label.In(schema)));

    internal override TextTask Bind(SchemaShape schema) => Task(ClassLabels.Promised(Columns.Label.In(schema)));

    private TextClassificationColumns Columns => new(LabelColumnName, TextColumnName, null, ScoreColumnName, PredictedLabelColumnName);

    private TextClassification Task(ClassLabels labels) => new(Columns, labels, fewShot: new FewShotLearning(PairsOfEach, Regularization));

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(PairsOfEach, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Regularization);
    }
}
