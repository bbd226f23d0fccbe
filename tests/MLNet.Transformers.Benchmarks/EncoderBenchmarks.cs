using MLNet.Transformers.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks;

/// <summary>A BERT-shaped classifier, forward and forward + backward + clip + AdamW, against the same in PyTorch.</summary>
internal static class EncoderBenchmarks
{
    private static readonly string[] Styles = ["layers", "builtin"];

    public static void Evaluate(Peer peer, Shape shape, double seconds, int turns)
    {
        using var model = shape.Model();
        model.eval();
        using var batch = Batch(shape);
        using var frozen = inference_mode();
        Print("forward", shape, Ratio.Measure(
            time => Ratio.Time(() => model.call(batch).Dispose(), time),
            [.. Styles.Select(style => (Func<double, double[]>)(time => peer.Time(shape.Request("evaluate", style, time))))],
            seconds, turns));
    }

    public static void Train(Peer peer, Shape shape, double seconds, int turns)
    {
        using var model = shape.Model();
        var examples = Sequences(shape).Select((sequence, i) => new LabeledSequence(sequence, i % Shape.Labels)).ToList();
        var task = new SequenceClassificationTask(model);
        var batch = new TrainingBatch<LabeledSequence>(examples, shape.Length, new Random(0));
        var parameters = model.parameters().ToList();
        using var optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup(parameters.Where(parameter => parameter.dim() > 1).ToList(), 1e-5, weight_decay: 0.01),
                new AdamW.ParamGroup(parameters.Where(parameter => parameter.dim() <= 1).ToList(), 1e-5),
            ]);
        Print("training step", shape, Ratio.Measure(
            time => Ratio.Time(Step, time),
            [.. Styles.Select(style => (Func<double, double[]>)(time => peer.Time(shape.Request("train", style, time))))],
            seconds, turns));

        void Step()
        {
            foreach (var parameter in parameters)
                parameter.grad = null;
            using (NewDisposeScope())
                task.Loss(batch).Mean.backward();
            nn.utils.clip_grad_norm_(parameters, 1);
            optimizer.step();
        }
    }

    private static List<TokenSequence> Sequences(Shape shape)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, shape.Batch).Select(_ => new TokenSequence([.. Enumerable.Range(0, shape.Length).Select(_ => random.Next(Shape.Vocabulary))]))];
    }

    private static TokenBatch Batch(Shape shape) => TokenBatch.Pad(Sequences(shape), 0);

    private static void Print(string what, Shape shape, Outcome outcome) => Console.WriteLine($"{what,-14} {shape.Name,-26} {outcome}");
}
