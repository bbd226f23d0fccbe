using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that writes one text from another, such as a translation or a summary.</summary>
/// <remarks>
/// From scratch the model is the one of <see href="https://arxiv.org/abs/1706.03762">Vaswani et al., 2017</see>, and both columns share
/// one vocabulary. From a folder any model with an encoder and a decoder goes on learning: BART, Marian, T5, Pegasus and others.
/// </remarks>
public sealed record SequenceToSequenceOptions : TextGenerationOptions
{
    /// <summary>Defaults as in the paper, on a small scale.</summary>
    public SequenceToSequenceOptions()
    {
        Model = Transformer.Small;
        Epochs = 10;
        Beta2 = 0.98;
        LabelSmoothing = 0.1;
    }

    /// <summary>The text to read.</summary>
    public string SourceColumnName { get; init; } = "Source";

    /// <summary>The text to write, which only training reads.</summary>
    public string TargetColumnName { get; init; } = "Target";

    /// <summary>What is put before every text to read, as T5 is told its task: <c>"summarize: "</c>. Empty for nothing.</summary>
    public string SourcePrefix { get; init; } = "";

    /// <summary>The longest target in tokens; longer ones lose their end. Null: <see cref="TextFineTuningOptions.MaxLength"/>.</summary>
    public int? MaxTargetLength { get; init; }

    /// <summary>Whether both columns share the vocabulary that is learnt from scratch; otherwise each has one of <see cref="TextFineTuningOptions.VocabularySize"/>.</summary>
    public bool SharesVocabulary { get; init; } = true;

    /// <summary>When the model reads its own guesses in training, so that it learns to go on from its mistakes; null for never.</summary>
    public ScheduledSampling? ScheduledSampling { get; init; }

    /// <summary>
    /// The same options with the optimizer of section 5.3 of <see href="https://arxiv.org/abs/1706.03762">Attention Is All You Need</see>:
    /// Adam with β₂ of 0.98, no decay and no clipping, at the rate hidden size^-0.5 · min(step^-0.5, step · warm-up^-1.5).
    /// </summary>
    /// <param name="warmUp">The step, from 1, that has the greatest rate.</param>
    /// <param name="factor">What the rate is multiplied by.</param>
    /// <exception cref="ArgumentOutOfRangeException">The warm-up has no step.</exception>
    public SequenceToSequenceOptions WithNoamSchedule(long warmUp = 4000, double factor = 1)
    {
        var noam = TrainingOptions.Noam(Model.HiddenSize, warmUp, factor);
        return this with
        {
            LearningRate = noam.LearningRate,
            Schedule = noam.Schedule,
            WarmUpSteps = noam.WarmUpSteps,
            Beta1 = noam.Beta1,
            Beta2 = noam.Beta2,
            Epsilon = noam.Epsilon,
            WeightDecay = noam.WeightDecay,
            MaxGradientNorm = noam.MaxGradientNorm,
        };
    }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    private SequenceToSequence Task => new(new(SourceColumnName, TargetColumnName, SourcePrefix), GenerationSettings.Of(this), this);

    internal override void Require()
    {
        base.Require();
        ArgumentNullException.ThrowIfNull(SourcePrefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTargetLength ?? 3, 3, nameof(MaxTargetLength));
    }
}
