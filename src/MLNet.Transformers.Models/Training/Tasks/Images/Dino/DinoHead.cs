using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// The projection that <see href="https://arxiv.org/abs/2104.14294">DINO</see> puts on a backbone: maps with GELU between them, down to a
/// narrow vector of length 1, whose cosines with each of many prototypes are the scores.
/// </summary>
public sealed class DinoHead : Module<Tensor, Tensor>
{
    private readonly ModuleList<Dense> layers;
    private readonly Parameter prototypes;

    /// <param name="inputSize">Width of the backbone's vectors.</param>
    /// <param name="sizes">The head's own sizes.</param>
    public DinoHead(long inputSize, DinoHeadSizes sizes)
        : base(nameof(DinoHead))
    {
        layers = ModuleList([.. LayersOf(inputSize, sizes)]);
        prototypes = OwnedParameter.Of(zeros(sizes.Prototypes, sizes.BottleneckSize));
        RegisterComponents();
        Initialize();
    }

    /// <summary>The prototypes, (prototypes, bottleneck): their directions count, not their lengths.</summary>
    public Parameter Prototypes => prototypes;

    /// <summary>The cosines with the prototypes.</summary>
    /// <param name="pooled">One vector an image, (batch, input).</param>
    /// <returns>(batch, prototypes).</returns>
    public override Tensor forward(Tensor pooled) => forward(pooled, learnsPrototypes: true);

    /// <summary>The cosines with the prototypes.</summary>
    /// <param name="pooled">One vector an image, (batch, input).</param>
    /// <param name="learnsPrototypes">Whether the prototypes have a gradient.</param>
    /// <returns>(batch, prototypes).</returns>
    public Tensor forward(Tensor pooled, bool learnsPrototypes)
    {
        using var scope = NewDisposeScope();
        var narrow = layers.Aggregate(pooled, (current, layer) => layer.call(current));
        var directions = functional.normalize(learnsPrototypes ? prototypes : prototypes.detach());
        return functional.linear(functional.normalize(narrow), directions).MoveToOuterDisposeScope();
    }

    /// <summary>Biases 0, and maps that keep the variance: as published for a width of 2048, and no smaller for narrow ones, where a vector of length 1 would have steep slopes.</summary>
    private void Initialize()
    {
        foreach (var parameter in parameters())
            if (parameter.dim() > 1)
                init.normal_(parameter, 0, 1 / Math.Sqrt(parameter.size(1)));
            else
                init.zeros_(parameter);
    }

    private static IEnumerable<Dense> LayersOf(long inputSize, DinoHeadSizes sizes)
    {
        for (var i = 0; i < sizes.Layers; i++)
        {
            var isLast = i == sizes.Layers - 1;
            yield return new Dense(
                i == 0 ? inputSize : sizes.InnerSize,
                isLast ? sizes.BottleneckSize : sizes.InnerSize,
                activation: isLast ? null : functional.gelu);
        }
    }
}

/// <summary>The sizes of a <see cref="DinoHead"/>; as published, which is for images by the million.</summary>
/// <param name="Prototypes">Number of scores.</param>
/// <param name="InnerSize">Width between the maps.</param>
/// <param name="BottleneckSize">Width of the vector of length 1.</param>
/// <param name="Layers">Number of maps.</param>
public sealed record DinoHeadSizes(int Prototypes = 65536, int InnerSize = 2048, int BottleneckSize = 256, int Layers = 3)
{
    /// <summary>Refuses sizes that cannot be.</summary>
    /// <exception cref="ArgumentException">Names the size.</exception>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Prototypes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(InnerSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BottleneckSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Layers, 1);
    }
}
