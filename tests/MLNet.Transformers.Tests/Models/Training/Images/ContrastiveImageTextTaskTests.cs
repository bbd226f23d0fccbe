using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models.Training.Images;

public class ContrastiveImageTextTaskTests
{
    private const int End = 9;

    private static readonly ImageProcessor Processor = ImageProcessor.Of("clip", 8, 3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheLossIsThePapersInBothDirections(bool spares)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Tiny();
        model.eval();
        // The first and the third say the same.
        ImageTextPair[] pairs = [Pair(255, 0, 0, 1, 2), Pair(0, 255, 0, 3), Pair(0, 0, 255, 1, 2), Pair(90, 200, 10, 4, 5, 6)];
        var task = new ContrastiveImageTextTask(model, Processor) { SparesEqualTexts = spares };
        using var images = Processor.Batch([.. pairs.Select(pair => pair.Image)]);
        using var texts = TokenBatch.Pad([.. pairs.Select(pair => pair.Text)], 0);
        var scores = Rows(model.call(images, texts));

        var (expected, found) = (0.0, 0.0);
        for (var i = 0; i < 4; i++)
        {
            var (ofImage, ofText) = (scores[i], scores.Select(row => row[i]).ToArray());
            foreach (var row in new[] { ofImage, ofText })
            {
                var compared = Enumerable.Range(0, 4).Where(j => j == i || !spares || !Same(i, j)).ToArray();
                expected -= (row[i] - Math.Log(compared.Sum(j => Math.Exp(row[j])))) / 8;
                found += Same(i, Array.IndexOf(row, row.Max())) ? 1 / 8.0 : 0;
            }
        }

        var loss = task.Loss(Batch(pairs));
        Assert.Equal(expected, loss.Mean.item<float>(), 1e-5);
        Assert.Equal(4, loss.Weight);
        var score = task.Score(Batch(pairs));
        Assert.Equal(expected, score.Loss / score.Count, 1e-5);
        Assert.Equal(found, score.Metric / score.Count, 1e-9);

        static bool Same(int i, int j) => i % 2 == 0 && i < 3 ? j is 0 or 2 : i == j;
    }

    [Fact]
    public void CosinesAreMultipliedByAHundredAtMost()
    {
        using var model = Tiny();
        using (no_grad())
            model.LogitScale.fill_(7);
        new TrainingRun<ImageTextPair>(new ContrastiveImageTextTask(model, Processor), Options with { Epochs = 1 }).Run([Pair(255, 0, 0, 1), Pair(0, 0, 255, 2)]);
        Assert.Equal(Math.Log(100), model.LogitScale.item<float>(), 1e-5);
    }

    [Fact]
    public void ColoursLearnTheirNames()
    {
        using var model = Tiny();
        ImageTextPair[] pairs = [Pair(255, 0, 0, 1), Pair(0, 255, 0, 2), Pair(0, 0, 255, 3), Pair(255, 255, 255, 4, 5), Pair(0, 0, 0, 4, 6), Pair(240, 10, 5, 1)];
        var run = new TrainingRun<ImageTextPair>(new ContrastiveImageTextTask(model, Processor), Options);
        run.Run(pairs);
        var score = run.Validate(pairs);
        Assert.Equal(1, score.Metric);
        Assert.InRange(score.Loss, 0, 0.1);
    }

    [Fact]
    public void GradientsReachEveryParameter()
    {
        using var scope = NewDisposeScope();
        using var model = Tiny();
        var task = new ContrastiveImageTextTask(model, Processor);
        task.Loss(Batch([Pair(255, 0, 0, 1, 2), Pair(0, 255, 0, 3), Pair(0, 0, 255, 4, 5, 6)])).Mean.backward();
        Assert.All(model.named_parameters(), pair =>
        {
            Assert.True(pair.parameter.grad is not null, pair.name);
            Assert.True(pair.parameter.grad!.abs().sum().item<float>() > 0, pair.name);
        });
    }

    private static TrainingOptions Options => new() { Epochs = 60, LearningRate = 3e-3, Schedule = Schedule.Constant, Batching = new FixedSize(6) };

    private static ImageTextPair Pair(byte red, byte green, byte blue, params int[] words) =>
        new(() => new PixelImage(8, 8, 3, [.. Enumerable.Range(0, 64).SelectMany(_ => new[] { red, green, blue })]), new TokenSequence([7, .. words, End]));

    private static TrainingBatch<ImageTextPair> Batch(ImageTextPair[] pairs) => new(pairs, 1, new Random(1));

    private static double[][] Rows(Tensor scores) => [.. Tensors.Values(scores).Chunk((int)scores.size(1))];

    private static ClipModel Tiny()
    {
        manual_seed(1);
        return ClipModel.Create(new ClipConfig
        {
            ProjectionSize = 10,
            Text = new() { VocabularySize = 10, HiddenSize = 12, Heads = 3, Layers = 1, InnerSize = 20, MaxLength = 8, EosIds = [End], PaddingId = 0 },
            Vision = new() { HiddenSize = 12, Heads = 3, Layers = 1, InnerSize = 20, ImageSize = 8, PatchSize = 4 },
        });
    }
}
