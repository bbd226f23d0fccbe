using System.Globalization;
using System.Text.Json;
using MLNet.Transformers.Models;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class FocalLossTests
{
    [PyTorchTheory]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(0.5, true)]
    public void FollowsThePaper(double gamma, bool weighed)
    {
        using var scope = NewDisposeScope();
        using var model = TinyClassifier.Create(dropout: 0);
        var batch = new TrainingBatch<LabeledSequence>([.. TinyClassifier.Examples.Take(5)], 12, new Random(1));
        using var tokens = TokenBatch.Pad([.. batch.Examples.Select(example => example.Tokens)], 0);
        var scores = Tensors.Values(model.call(tokens)).Chunk(3).ToArray();
        float[] weights = weighed ? [1, 2, 0.5f] : [1, 1, 1];
        var labels = batch.Examples.Select(example => example.Label);
        using var answer = JsonDocument.Parse(PyTorch.Run("training.py", "focal", gamma.ToString(CultureInfo.InvariantCulture),
            JsonSerializer.Serialize(weights), JsonSerializer.Serialize(scores), JsonSerializer.Serialize(labels)));

        var task = new SequenceClassificationTask(model) { FocalGamma = gamma, ClassWeights = weighed ? weights : null };
        var loss = task.Loss(batch);
        Tensors.Equal([answer.RootElement.GetProperty("loss").GetDouble()], loss.Mean);
        loss.Mean.backward();
        // The scores' slopes, summed over the batch, are those of the last layer's bias.
        var slopes = answer.RootElement.GetProperty("slope").EnumerateArray().Select(slope => slope.GetDouble()).Chunk(3).ToArray();
        var bias = model.named_parameters().Single(pair => pair.name == "head.output.bias").parameter;
        Tensors.Equal([.. Enumerable.Range(0, 3).Select(c => slopes.Sum(row => row[c]))], bias.grad!);
        var score = task.Score(batch);
        Assert.Equal(answer.RootElement.GetProperty("loss").GetDouble() * loss.Weight, score.Loss, 1e-5);
    }

    [Fact]
    public void ASureAnswerHasAFiniteSlope()
    {
        using var scope = NewDisposeScope();
        using var model = TinyClassifier.Create(dropout: 0);
        using (no_grad())
            model.named_parameters().Single(pair => pair.name == "head.output.bias").parameter[0].fill_(100);
        var batch = new TrainingBatch<LabeledSequence>([TinyClassifier.Examples[0]], 12, new Random(1));
        new SequenceClassificationTask(model) { FocalGamma = 0.5 }.Loss(batch).Mean.backward();
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad!.isfinite().all().item<bool>()));
    }

    [Fact]
    public void ExcludesLabelSmoothing()
    {
        using var model = TinyClassifier.Create();
        var batch = new TrainingBatch<LabeledSequence>([TinyClassifier.Examples[0]], 12, new Random(1));
        Assert.Contains("LabelSmoothing", Assert.Throws<InvalidOperationException>(() =>
            new SequenceClassificationTask(model) { FocalGamma = 2, LabelSmoothing = 0.1 }.Loss(batch)).Message, StringComparison.Ordinal);
    }
}
