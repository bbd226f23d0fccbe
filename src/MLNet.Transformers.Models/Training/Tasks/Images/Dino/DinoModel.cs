using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A student, and a teacher of the same shape whose weights are a moving average of the student's:
/// <see href="https://arxiv.org/abs/2104.14294">Caron et al., 2021</see>. One module, so that a checkpoint has both, and the centre of the
/// teacher's scores. What one wants in the end is the teacher's backbone.
/// </summary>
public sealed class DinoModel : Module
{
    private readonly DinoNetwork student;
    private readonly DinoNetwork teacher;
    private readonly Tensor centre;

    private DinoModel(ImageConfig config, DinoNetwork student, DinoNetwork teacher, int prototypes)
        : base(nameof(DinoModel))
    {
        Config = config;
        this.student = student;
        this.teacher = teacher;
        centre = zeros(prototypes).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>How the backbones were built.</summary>
    public ImageConfig Config { get; }

    /// <summary>The network that is trained.</summary>
    public DinoNetwork Student => student;

    /// <summary>The network that follows it, and that it learns from.</summary>
    public DinoNetwork Teacher => teacher;

    /// <summary>The moving mean of the teacher's scores, (prototypes).</summary>
    public Tensor Centre => get_buffer(nameof(centre))!;

    /// <summary>A model with fresh random weights, the same in both networks.</summary>
    /// <param name="config">The backbones' config; its pooling makes one vector of the tokens.</param>
    /// <param name="sizes">The projections' sizes; null for those published.</param>
    /// <exception cref="NotSupportedException">No such architecture is known.</exception>
    public static DinoModel Create(ImageConfig config, DinoHeadSizes? sizes = null)
    {
        sizes ??= new DinoHeadSizes();
        sizes.Require();
        var student = NetworkOf(config, sizes);
        config.Initialize(student.Backbone);
        var teacher = NetworkOf(config, sizes);
        Copy(student, teacher);
        foreach (var parameter in teacher.parameters())
            parameter.requires_grad = false;
        return new DinoModel(config, student, teacher, sizes.Prototypes);
    }

    private static DinoNetwork NetworkOf(ImageConfig config, DinoHeadSizes sizes)
    {
        var backbone = Architectures.Find(config.ModelType).Build<ImageBackbone>(config);
        var pooler = new ImagePooler(config.Pooling, backbone.PrefixTokens);
        return new DinoNetwork(backbone, pooler, new DinoHead(pooler.Width(config.OutputSize), sizes));
    }

    private static void Copy(Module source, Module target)
    {
        using var frozen = no_grad();
        foreach (var (from, to) in source.parameters().Zip(target.parameters()))
            to.copy_(from);
    }
}
