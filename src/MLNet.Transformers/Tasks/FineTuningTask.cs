using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>What a trainer learns and its transformer does: the columns, and how rows become examples and answers become columns.</summary>
internal abstract class FineTuningTask
{
    /// <summary>The name under which the task is saved.</summary>
    public abstract string Name { get; }

    public abstract IReadOnlyList<InputColumn> Inputs { get; }

    public abstract IReadOnlyList<OutputColumn> Outputs { get; }

    /// <summary>What the model's answers are called, in their order.</summary>
    public abstract IReadOnlyList<string> LabelNames { get; }

    /// <summary>Whether inputs are pairs of texts.</summary>
    public abstract bool HasPairs { get; }

    /// <summary>Everything that a saved transformer needs to know of the task.</summary>
    public abstract JsonObject ToJson();

    public abstract IRowScorer CreateScorer(SharedModel<FineTunedModel>.Lease model, int batchTokens);

    /// <summary>Reads the rows as examples, all of them and nothing else, so that what is wrong with one is found before training.</summary>
    /// <exception cref="ArgumentException">There is no row, or one that nothing can be learnt from.</exception>
    public abstract IFineTuningRun Prepare(FineTunedModel model, IDataView training, FineTuningOptions options, int seed);

    public static FineTuningTask FromJson(JsonNode json) => (string?)json["name"] switch
    {
        TextClassification.TaskName => TextClassification.FromJson(json),
        var name => throw new FormatException($"The task '{name}' is unknown to this version."),
    };
}

/// <summary>A training run with its examples read.</summary>
internal interface IFineTuningRun
{
    TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation);
}

/// <inheritdoc/>
/// <typeparam name="TExample">What the model takes of one row.</typeparam>
/// <typeparam name="TPrediction">What it answers.</typeparam>
internal abstract class FineTuningTask<TExample, TPrediction> : FineTuningTask
{
    /// <summary>Reads the row that <paramref name="row"/> stands on, in training with its label.</summary>
    public abstract Func<TExample> CreateReader(DataViewRow row, FineTunedModel model, bool training);

    public abstract int LengthOf(TExample example);

    /// <summary>The loss, and how well the model does.</summary>
    public abstract TrainingTask<TExample> Learn(FineTunedModel model, FineTuningOptions options);

    /// <summary>The model's answers, in the order of the examples, from one forward pass.</summary>
    public abstract TPrediction[] Predict(FineTunedModel model, IReadOnlyList<TExample> examples);

    /// <summary>The <see cref="ValueGetter{TValue}"/> of that output.</summary>
    public abstract Delegate CreateGetter(OutputColumn column, Func<TPrediction> current);

    /// <summary>Refuses examples that nothing can be learnt from together.</summary>
    public abstract void CheckTraining(IReadOnlyList<TExample> examples);

    /// <summary>Refuses a validation set whose labels mean something else.</summary>
    public abstract void CheckValidation(DataViewSchema schema);

    public sealed override IRowScorer CreateScorer(SharedModel<FineTunedModel>.Lease model, int batchTokens) =>
        new TaskScorer<TExample, TPrediction>(this, model, batchTokens);

    public sealed override IFineTuningRun Prepare(FineTunedModel model, IDataView training, FineTuningOptions options, int seed)
    {
        var examples = Read(training, model, "training set");
        CheckTraining(examples);
        var validation = new List<TExample>();
        if (options.ValidationSet is { } set)
        {
            CheckValidation(set.Schema);
            validation = Read(set, model, "validation set");
        }
        else if (options.ValidationFraction > 0)
        {
            var order = Enumerable.Range(0, examples.Count).ToArray();
            new Random(seed).Shuffle(order);
            var kept = Math.Clamp((int)Math.Round(options.ValidationFraction * order.Length), 1, order.Length - 1);
            validation = [.. order[..kept].Select(index => examples[index])];
            examples = [.. order[kept..].Select(index => examples[index])];
        }
        return new FineTuningRun<TExample>(new TrainingRun<TExample>(Learn(model, options), options.ToTraining(seed)), examples, validation);
    }

    private List<TExample> Read(IDataView data, FineTunedModel model, string name)
    {
        var columns = Inputs.Select(column => column.In(data.Schema));
        using var cursor = data.GetRowCursor(columns);
        var read = CreateReader(cursor, model, training: true);
        var examples = new List<TExample>();
        while (cursor.MoveNext())
            examples.Add(read());
        return examples.Count > 0 ? examples : throw new ArgumentException($"The {name} has no rows.");
    }
}

/// <inheritdoc/>
internal sealed class FineTuningRun<TExample>(TrainingRun<TExample> run, List<TExample> training, List<TExample> validation) : IFineTuningRun
{
    public TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation) =>
        run.Run(training, validation.Count > 0 ? validation : null, progress, cancellation);
}
