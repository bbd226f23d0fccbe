using MLNet.Transformers.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks;

/// <summary>Vision transformers: forward + backward + clip + AdamW against the same in PyTorch, written in whichever way is fastest there.</summary>
internal static class ImageTrainingBenchmarks
{
    private const int Labels = 10;

    private static readonly (string Name, VitConfig Config, int Batch)[] Shapes =
    [
        ("ViT-tiny/16, 32 of 224 x 224", new VitConfig { HiddenSize = 192, Heads = 3, InnerSize = 768 }, 32),
        ("6 x 192, 64 of 32 x 32, patches of 4", new VitConfig { HiddenSize = 192, Heads = 3, InnerSize = 768, Layers = 6, ImageSize = 32, PatchSize = 4 }, 64),
    ];

    private static readonly string[] Styles = ["layers", "packed", "composite", "builtin"];

    private static readonly string[] Patches = ["convolution", "channels-last", "unfolded"];

    public static void Train(Peer peer, double seconds, int turns)
    {
        foreach (var (name, config, batch) in Shapes)
        {
            var (style, patches, foreachs) = FastestOf(peer, config, batch);
            Console.WriteLine($"{"images",-14} {name,-38} the peer's fastest way: {style}, {patches}{(foreachs ? ", AdamW with foreach" : "")}");
            Console.WriteLine($"{"images",-14} {name,-38} {Measure(config, batch, time => peer.Time(Request(config, batch, style, patches, foreachs, time)), seconds, turns)}");
        }
    }

    private static Outcome Measure(VitConfig config, int count, Func<double, double[]> peer, double seconds, int turns)
    {
        using var model = ImageModel.ForClassification(config with { LabelNames = [.. Enumerable.Range(0, Labels).Select(label => $"{label}")] });
        using var batch = new ImageBatch(randn(count, config.Channels, config.ImageSize.Height, config.ImageSize.Width));
        using var labels = randint(0, Labels, [count], dtype: ScalarType.Int64);
        var parameters = model.parameters().ToList();
        using var optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup(parameters.Where(parameter => parameter.dim() > 1).ToList(), 1e-5, weight_decay: 0.01),
                new AdamW.ParamGroup(parameters.Where(parameter => parameter.dim() <= 1).ToList(), 1e-5),
            ]);
        return Ratio.Measure(time => Ratio.Time(Step, time), [peer], seconds, turns);

        void Step()
        {
            foreach (var parameter in parameters)
                parameter.grad = null;
            using (NewDisposeScope())
                nn.functional.cross_entropy(model.call(batch), labels).backward();
            nn.utils.clip_grad_norm_(parameters, 1);
            optimizer.step();
        }
    }

    /// <summary>Each way once to warm up and then for a moment; first the layers, then with the best of them the patches and the optimizer.</summary>
    private static (string Style, string Patches, bool Foreach) FastestOf(Peer peer, VitConfig config, int batch)
    {
        var style = Styles.MinBy(style => Try(style, "convolution", false))!;
        var patches = Patches.MinBy(patches => Try(style, patches, false))!;
        return (style, patches, Try(style, patches, true) < Try(style, patches, false));

        double Try(string style, string patches, bool foreachs)
        {
            peer.Time(Request(config, batch, style, patches, foreachs, 0));
            return peer.Time(Request(config, batch, style, patches, foreachs, 2)).Min();
        }
    }

    private static object Request(VitConfig config, int batch, string style, string patches, bool foreachs, double seconds) => new
    {
        work = "train_images",
        seconds,
        batch,
        @foreach = foreachs,
        model = new
        {
            style,
            patches,
            image = config.ImageSize.Height,
            patch = config.PatchSize.Height,
            channels = config.Channels,
            hidden = config.HiddenSize,
            layers = config.Layers,
            heads = config.Heads,
            inner = config.InnerSize,
            labels = Labels,
        },
    };
}
