using MLNet.Transformers.Models;

namespace FashionClassifier;

/// <summary>How long to train, on how many images, and how large a model.</summary>
/// <param name="Epochs">Passes over the images.</param>
/// <param name="TrainingImages">How many images are learnt from, at most.</param>
/// <param name="TestImages">How many the models are measured by, at most.</param>
/// <param name="Model">The model.</param>
public sealed record Settings(int Epochs, int TrainingImages, int TestImages, VitConfig Model)
{
    /// <summary>Minutes on two CPU cores.</summary>
    public static Settings Full { get; } = new(14, int.MaxValue, int.MaxValue, new VitConfig
    {
        ImageSize = FashionFiles.Side,
        PatchSize = 7,
        Channels = 1,
        HiddenSize = 128,
        Layers = 4,
        Heads = 4,
        InnerSize = 256,
        InitializerRange = 0.07,
    });

    /// <summary>Seconds: enough to see that everything works, and for nothing else.</summary>
    public static Settings Quick { get; } = new(2, 200, 100, Full.Model with { HiddenSize = 32, Layers = 1, Heads = 2, InnerSize = 64 });

    /// <summary>What the command line says: <c>--quick</c>, <c>--epochs N</c>, both, or nothing; null where it says anything else.</summary>
    public static Settings? Parse(ReadOnlySpan<string> arguments) => arguments switch
    {
        [] => Full,
        ["--quick", .. var rest] when Parse(rest) is { } settings => Quick with { Epochs = settings.Epochs == Full.Epochs ? Quick.Epochs : settings.Epochs },
        ["--epochs", var number] when int.TryParse(number, out var epochs) && epochs > 0 => Full with { Epochs = epochs },
        _ => null,
    };
}
