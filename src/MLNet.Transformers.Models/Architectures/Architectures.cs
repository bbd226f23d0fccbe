namespace MLNet.Transformers.Models;

/// <summary>Every family that the library knows.</summary>
public static class Architectures
{
    /// <summary>The list.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
    [
        Bert.Architecture,
        Roberta.Architecture,
        Roberta.MultilingualArchitecture,
        Roberta.FrenchArchitecture,
        DistilBert.Architecture,
        Albert.Architecture,
        Electra.Architecture,
        ModernBert.Architecture,
        MpNet.Architecture,
        Deberta.Architecture,
        DebertaV2.Architecture,
        Xlnet.Architecture,
        TransformerEncoder.Architecture,
        Gpt2.Architecture,
        GptNeox.Architecture,
        Opt.Architecture,
        Bloom.Architecture,
        Llama.Architecture,
        Mistral.Architecture,
        Qwen2.Architecture,
        Mixtral.Architecture,
        Transformer.Architecture,
        T5.Architecture,
        T5.MultilingualArchitecture,
        SwitchTransformers.Architecture,
        Bart.Architecture,
        Mbart.Architecture,
        Marian.Architecture,
        Pegasus.Architecture,
        Vit.Architecture,
        Deit.Architecture,
        Dinov2.Architecture,
        Dinov2.RegistersArchitecture,
        Beit.Architecture,
        Swin.Architecture,
        Clip.Architecture,
        Clip.VisionArchitecture,
        Clip.TextArchitecture,
    ];

    /// <summary>The families whose configs are of one kind: <see cref="TextConfig"/>, <see cref="ImageConfig"/>.</summary>
    /// <typeparam name="TConfig">The kind.</typeparam>
    public static IEnumerable<Architecture> Of<TConfig>()
        where TConfig : ModelConfig => All.Where(architecture => architecture.ConfigType.IsAssignableTo(typeof(TConfig)));

    /// <summary>The family of a published name.</summary>
    /// <param name="modelType"><c>model_type</c> in a <c>config.json</c>.</param>
    /// <exception cref="NotSupportedException">No such family is known.</exception>
    public static Architecture Find(string modelType) =>
        All.FirstOrDefault(architecture => architecture.ModelType == modelType)
        ?? throw new NotSupportedException($"The architecture '{modelType}' is unknown; known are {string.Join(", ", All.Select(known => known.ModelType))}.");
}
