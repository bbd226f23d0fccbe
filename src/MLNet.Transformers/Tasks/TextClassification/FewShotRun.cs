using MLNet.Transformers.Models;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>
/// Trains the encoder on pairs of texts, so that those of a class come near each other, and then solves a logistic regression on
/// its vectors: <see href="https://arxiv.org/abs/2209.11055">SetFit, Tunstall et al., 2022</see>.
/// </summary>
internal sealed class FewShotRun(
    TextTaskModel model, FineTuningExamples<LabeledSequence> examples, FewShotLearning learning, TextFineTuningOptions options, int seed) : IFineTuningRun
{
    public TrainingResult Run(IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var result = TrainEncoder(progress, cancellation);
        model.Network.eval();
        SolveHead();
        return examples.Validation.Count > 0 ? result with { Validation = Validate() } : result;
    }

    private TrainingResult TrainEncoder(IProgress<TrainingProgress> progress, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var pairs = ContrastivePairs.Of(examples.Training, learning.PairsOfEach, random);
        var validation = examples.Validation.DistinctBy(example => example.Label).Count() > 1
            ? ContrastivePairs.Of(examples.Validation, 1, random)
            : null;
        // Shares the encoder with the network, and has nothing else: it is not disposed.
        var embedder = new TextModel(model.Network.Config, model.Network.Backbone, new SentenceEmbedding(new SentenceEmbeddingConfig { Poolings = [FewShotLearning.Pooling] }, model.Network.Config));
        var task = new SentenceSimilarityTask(embedder, model.Network.Config.PaddingId)
        {
            Comparison = SimilarityLoss.SquaredError,
            TokenDropout = model.HideTokens(options.TokenDropout ?? 0),
            Device = model.Device,
        };
        return new TrainingRun<SentencePair>(task, options.ToTraining(seed)).Run(pairs, validation, progress, cancellation);
    }

    private void SolveHead()
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var head = (SequenceClassification)model.Network.Head;
        var (features, labels) = (new List<torch.Tensor>(), new List<long>());
        foreach (var plan in new TokenBudget(options.BatchTokens).Plan([.. examples.Training.Select(example => example.Tokens.Length)], null))
        {
            using var batch = TokenBatch.Pad([.. plan.Examples.Select(index => examples.Training[index].Tokens)], model.Network.Config.PaddingId, device: model.Device);
            using var hidden = model.Network.Backbone.call(batch);
            features.Add(head.Features(hidden, batch));
            labels.AddRange(plan.Examples.Select(index => (long)examples.Training[index].Label));
        }
        var (weight, bias) = SoftmaxRegression.Fit(
            torch.cat([.. features], 0),
            torch.tensor(labels.ToArray(), [labels.Count], device: model.Device),
            model.Network.Config.LabelNames!.Count,
            learning.Regularization / examples.Training.Count);
        head.SetScores(weight, bias);
    }

    private ValidationScore Validate() =>
        new TrainingRun<LabeledSequence>(new SequenceClassificationTask(model.Network) { Device = model.Device }, options.ToTraining(seed)).Validate(examples.Validation);
}
