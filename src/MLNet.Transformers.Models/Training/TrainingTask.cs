using System.Text.Json.Serialization;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What is trained, and on what: the model and what its answers cost.</summary>
/// <typeparam name="TExample">One example.</typeparam>
/// <param name="model">The model to train.</param>
public abstract class TrainingTask<TExample>(Module model)
{
    /// <summary>The model to train.</summary>
    public Module Model { get; } = model;

    /// <summary>What the metric is called.</summary>
    public virtual string MetricName => "metric";

    /// <summary>
    /// What the loss depends on besides the model, as an object with one property a setting, such as <c>new { LabelSmoothing }</c>;
    /// a checkpoint of a training with other settings is refused. Null for nothing.
    /// </summary>
    public virtual object? Settings => null;

    /// <summary>Length of an example in tokens.</summary>
    public abstract int LengthOf(TExample example);

    /// <summary>Length in tokens of an example's second sequence, which is padded apart from the first, such as a target; 0 where there is none.</summary>
    public virtual int SecondLengthOf(TExample example) => 0;

    /// <summary>
    /// What can be made of a batch without the model, such as decoded images; it is then the batch's <see cref="TrainingBatch{TExample}.Prepared"/>,
    /// and disposed after the step. Called on another thread, while the step before is made, so it must not draw from TorchSharp's random
    /// numbers, but may from the batch's own. Null for nothing.
    /// </summary>
    public virtual IDisposable? Prepare(TrainingBatch<TExample> batch) => null;

    /// <summary>What the model's answers to a batch cost in training; called within a dispose scope.</summary>
    public abstract BatchLoss Loss(TrainingBatch<TExample> batch);

    /// <summary>How well the model does on a batch, called without gradients and within a dispose scope.</summary>
    public abstract BatchScore Score(TrainingBatch<TExample> batch);

    /// <summary>
    /// Moves what no gradient moves, such as a teacher that follows its student; called after every step, without gradients and within a
    /// dispose scope.
    /// </summary>
    /// <param name="weights">
    /// The model's parameters and buffers by name, in single precision: what is to be changed, since the model has only rounded copies
    /// of them where it computes with fewer bits.
    /// </param>
    /// <param name="progress">Share of the steps that were made before this one, from 0 to less than 1.</param>
    public virtual void AfterStep(IReadOnlyDictionary<string, Tensor> weights, double progress)
    {
    }
}

/// <summary>Examples that go through the model together.</summary>
/// <typeparam name="TExample">One example.</typeparam>
/// <param name="Examples">The examples.</param>
/// <param name="Length">The length to pad to.</param>
/// <param name="Random">The source of whatever else is random about the batch.</param>
public sealed record TrainingBatch<TExample>(IReadOnlyList<TExample> Examples, int Length, Random Random)
{
    /// <summary>The length to pad second sequences to; 0 where there are none.</summary>
    public int SecondLength { get; init; }

    /// <summary>The pass over the examples, from 1; 0 in validation.</summary>
    public int Epoch { get; init; }

    /// <summary>Share of the steps that were made before, from 0 to less than 1; 0 in validation.</summary>
    public double Progress { get; init; }

    /// <summary>What <see cref="TrainingTask{TExample}.Prepare"/> has made of it; null for nothing, or when it was not asked.</summary>
    public IDisposable? Prepared { get; init; }
}

/// <summary>The loss of a batch in training.</summary>
/// <param name="Mean">The mean loss, one value with its graph.</param>
/// <param name="Weight">What it is the mean over, such as the number of examples or of labelled tokens; so much the batch counts beside others of the same step.</param>
public readonly record struct BatchLoss(Tensor Mean, double Weight);

/// <summary>Sums over a validated batch.</summary>
/// <param name="Loss">Sum of the losses.</param>
/// <param name="Metric">Sum of the metric, such as the number of right answers; more is better.</param>
/// <param name="Count">What the losses are divided by in the end.</param>
public readonly record struct BatchScore(double Loss, double Metric, double Count)
{
    /// <summary>What the metric is divided by in the end; <see cref="Count"/> where nothing else is said.</summary>
    public double MetricCount { get; init; } = Count;

    /// <summary>Number of bytes of the text whose tokens were measured; 0 where nobody has counted them.</summary>
    public double Bytes { get; init; }
}

/// <summary>How well a model does on a whole validation set.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Metric">The mean metric; more is better.</param>
public sealed record ValidationScore(double Loss, double Metric)
{
    /// <summary>Bits that the model spends on a byte of text, whatever the tokens are; null for other tasks, or where nobody has counted bytes.</summary>
    public double? BitsPerByte { get; init; }

    /// <summary>The exponential of the loss, which is the perplexity where that is the cross-entropy of tokens.</summary>
    [JsonIgnore]
    public double Perplexity => Math.Exp(Loss);
}
