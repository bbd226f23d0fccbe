using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>One vector for a whole text, near those of texts that mean the same: <see href="https://arxiv.org/abs/1908.10084">Sentence-BERT</see>.</summary>
public sealed class SentenceEmbedding : Head
{
    private readonly ModuleList<Pooler> poolers;
    private readonly int published = -1;
    private readonly Linear? dense;
    private readonly Func<Tensor, Tensor>? activation;
    private readonly ModuleList<Module<Tensor, Tensor>> steps;

    /// <param name="config">Poolings and what follows on them.</param>
    /// <param name="model">The encoder's config, for the width of its states and its published pooler.</param>
    /// <exception cref="ArgumentException">There is no pooling, or the family has no published pooler and one is asked for.</exception>
    /// <exception cref="NotSupportedException">An activation is unknown.</exception>
    public SentenceEmbedding(SentenceEmbeddingConfig config, TextConfig model)
        : base(nameof(SentenceEmbedding))
    {
        if (config.Poolings.Count == 0)
            throw new ArgumentException("A sentence embedding needs at least one pooling.", nameof(config));
        Config = config;
        published = config.Poolings.ToList().IndexOf(Pooling.Pooler);
        poolers = ModuleList([.. config.Poolings.Select(pooling => new Pooler(pooling == Pooling.Pooler ? model.Classifier.Pooling : pooling, config.SkippedTokens))]);
        if (published >= 0)
        {
            if (model.Classifier is not { Activation: { } name, Norm: null } ||
                !Architectures.Find(model.ModelType).Names.Publishes($"{nameof(SentenceEmbedding)}.{nameof(dense)}.weight"))
                throw new ArgumentException($"Models of the family '{model.ModelType}' have no published pooler: choose another pooling.", nameof(model));
            dense = Linear(model.OutputSize, model.OutputSize);
            activation = Activation.Find(name);
        }
        var width = config.PooledWidth(model.OutputSize);
        steps = new ModuleList<Module<Tensor, Tensor>>();
        foreach (var step in config.Steps)
        {
            steps.Add(step.Build(width));
            width = step.Width(width);
        }
        RegisterComponents();
    }

    /// <summary>What the head was built from.</summary>
    public SentenceEmbeddingConfig Config { get; }

    /// <summary>The vectors of a batch.</summary>
    /// <param name="hidden">(batch, length, hidden).</param>
    /// <param name="batch">Its mask tells tokens from padding.</param>
    /// <returns>(batch, width).</returns>
    public override Tensor forward(Tensor hidden, TokenBatch batch)
    {
        var vectors = Pool(hidden, batch);
        for (var i = 0; i < steps.Count; i++)
        {
            using var before = vectors;
            vectors = steps[i].call(before);
        }
        return vectors;
    }

    private Tensor Pool(Tensor hidden, TokenBatch batch)
    {
        var parts = new Tensor[poolers.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = poolers[i].call(hidden, batch);
            if (i == published)
                parts[i] = ThroughPooler(parts[i]);
        }
        if (parts.Length == 1)
            return parts[0];
        var joined = cat(parts, 1);
        foreach (var part in parts)
            part.Dispose();
        return joined;
    }

    private Tensor ThroughPooler(Tensor first)
    {
        using (first)
        {
            using var mapped = dense!.forward(first);
            return activation!(mapped);
        }
    }
}
