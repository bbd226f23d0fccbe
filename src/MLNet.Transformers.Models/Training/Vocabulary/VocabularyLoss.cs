namespace MLNet.Transformers.Models;

/// <summary>How the loss of a guessed token is computed, which for large vocabularies decides what training costs.</summary>
public abstract record VocabularyLoss
{
    private protected VocabularyLoss()
    {
    }

    /// <summary>The whole vocabulary, as the model's head scores it: exact.</summary>
    public static VocabularyLoss Full { get; } = new FullSoftmax();

    /// <summary>The head that a model needs for it.</summary>
    /// <param name="config">Sizes and style.</param>
    /// <param name="backbone">What the head will stand on.</param>
    /// <exception cref="NotSupportedException">The family is no language model.</exception>
    public virtual VocabularyHead CreateHead(TextConfig config, TextBackbone backbone) => LanguageModelHead.Of(config, backbone);
}

/// <summary>The whole vocabulary, as the model's head scores it: exact.</summary>
/// <param name="ScoresAtOnce">How many scores are computed at a time, four bytes each: where there are more, gradients are computed a chunk of positions after another, and are the same.</param>
public sealed record FullSoftmax(long ScoresAtOnce = 1 << 24) : VocabularyLoss;

/// <summary>
/// The right token against a few others, drawn anew for each batch, those of small ids more often: section 3 of
/// <see href="https://arxiv.org/abs/1412.2007">Jean et al., 2015</see>, as TensorFlow's
/// <see href="https://www.tensorflow.org/api_docs/python/tf/nn/sampled_softmax_loss">sampled_softmax_loss</see> computes it. For training
/// alone; the model is the same, and validation is exact. Ids should be in the order of their frequency, the most frequent first.
/// </summary>
/// <param name="Samples">How many others, without repetition.</param>
public sealed record SampledSoftmax(int Samples) : VocabularyLoss;

/// <summary>Clusters of rare tokens behind a short list of frequent ones: exact, by a head of its own, the <see cref="AdaptiveSoftmaxHead"/>.</summary>
/// <param name="Cutoffs">The first id of each cluster, ascending: at least one.</param>
public sealed record AdaptiveSoftmax(params IReadOnlyList<int> Cutoffs) : VocabularyLoss
{
    /// <summary>How many times fewer dimensions each cluster has than the one before it.</summary>
    public double Division { get; init; } = 4;

    /// <inheritdoc/>
    public override VocabularyHead CreateHead(TextConfig config, TextBackbone backbone) =>
        new AdaptiveSoftmaxHead(config.HiddenSize, (int)backbone.TargetEmbedding.Vectors.size(0), Cutoffs, Division);
}
