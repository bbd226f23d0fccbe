using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// CLIP, <see href="https://arxiv.org/abs/2103.00020">Radford et al., 2021</see>: a tower for images and one for texts, which learn
/// from captions to put what belongs together near each other. Each tower is a model by itself too.
/// </summary>
public static class Clip
{
    private static readonly ClipConfig Base = new();

    private static readonly ClipConfig Large = Base with
    {
        ProjectionSize = 768,
        Text = Base.Text with { HiddenSize = 768, Heads = 12, InnerSize = 3072 },
        Vision = Base.Vision with { HiddenSize = 1024, Layers = 24, Heads = 16, InnerSize = 4096, PatchSize = 14 },
    };

    /// <summary>Both towers.</summary>
    public static Architecture Architecture { get; } = Architecture.Of<ClipConfig>(
        "clip",
        Build,
        $"""
        {VisionNames("image.")}
        {TextNames("text.")}
        visual_projection                                        = image.head.projection
        text_projection                                          = text.head.projection
        logit_scale                                              = logitScale
        """,
        ("clip-vit-base-patch32", Base),
        ("clip-vit-base-patch16", Base with { Vision = Base.Vision with { PatchSize = 16 } }),
        ("clip-vit-large-patch14", Large),
        ("clip-vit-large-patch14-336", Large with { Vision = Large.Vision with { ImageSize = 336 } }));

    /// <summary>The tower for images; it opens out of a folder with both too.</summary>
    public static Architecture VisionArchitecture { get; } = Architecture.Of<ClipVisionConfig>(
        "clip_vision_model",
        Build,
        $"""
        {VisionNames("")}
        visual_projection                                        = ImageProjection.projection
        visual_projection                                        = ZeroShotClassification.projection
        class_vectors                                            = ZeroShotClassification.classes
        classifier                                               = head.output
        text_model                                               =
        text_projection                                          =
        logit_scale                                              =
        """,
        ("clip-vit-base-patch32-vision", Base.Vision));

    /// <summary>The tower for texts; it opens out of a folder with both too.</summary>
    public static Architecture TextArchitecture { get; } = Architecture.Of<ClipTextConfig>(
        "clip_text_model",
        Build,
        $"""
        {TextNames("")}
        text_projection                                          = TextProjection.projection
        classifier                                               = head.output
        qa_outputs                                               = head.span
        vision_model                                             =
        visual_projection                                        =
        logit_scale                                              =
        """,
        ("clip-vit-base-patch32-text", Base.Text));

    /// <summary>
    /// The weights that a tower starts from: deviations by its width and, where something is added to the residual stream, its depth,
    /// as section 2.4 of the paper and <see href="https://github.com/openai/CLIP/blob/main/clip/model.py">its code</see> have them for
    /// texts; the map of patches starts as convolutions do.
    /// </summary>
    internal static void Initialize(Module model, ClipTextConfig config) =>
        Initialize(model, config.HiddenSize, config.Layers, config.InitializerFactor, (config.InitializerRange, config.InitializerRange / 2));

    /// <inheritdoc cref="Initialize(Module, ClipTextConfig)"/>
    internal static void Initialize(Module model, ClipVisionConfig config) =>
        Initialize(model, config.HiddenSize, config.Layers, config.InitializerFactor, (0, Math.Pow(config.HiddenSize, -0.5)));

    private static void Initialize(Module model, int width, int layers, double factor, (double Tokens, double Positions) vectors)
    {
        var (wide, deep) = (Math.Pow(width, -0.5), Math.Pow(2 * layers, -0.5));
        foreach (var (name, parameter) in model.named_parameters())
            if (DeviationOf(name) is { } deviation)
                init.normal_(parameter, 0, factor * deviation);
            else if (name.EndsWith("bias", StringComparison.Ordinal))
                init.zeros_(parameter);

        double? DeviationOf(string name)
        {
            return name switch
            {
                _ when Ends("attention.output.weight") || Ends("feedForward.output.weight") => wide * deep,
                _ when Ends("feedForward.inner.weight") => wide / Math.Sqrt(2),
                _ when Ends("embedding.tokens.weight") => vectors.Tokens,
                _ when Ends("embedding.positions.weight") => vectors.Positions,
                _ when Ends("attention.projection.weight") || Ends("embedding.classToken") => wide,
                _ when name.StartsWith("head.", StringComparison.Ordinal) && Ends("weight") => wide,
                _ => null,
            };

            bool Ends(string part) => name.EndsWith(part, StringComparison.Ordinal);
        }
    }

    private static string VisionNames(string ours) =>
        $$"""
        vision_model.embeddings.class_embedding                  = {{ours}}backbone.embedding.classToken | bare
        vision_model.embeddings.patch_embedding                  = {{ours}}backbone.embedding.projection
        vision_model.embeddings.position_embedding.weight        = {{ours}}backbone.embedding.positions.weight | bare
        vision_model.embeddings.position_ids                     =
        vision_model.pre_layrnorm                                = {{ours}}backbone.stack.entryNorm
        vision_model.post_layernorm                              = {{ours}}backbone.stack.norm.norm
        {{LayerNames("vision_model", ours)}}
        """;

    private static string TextNames(string ours) =>
        $$"""
        text_model.embeddings.token_embedding                    = {{ours}}backbone.embedding.tokens
        text_model.embeddings.position_embedding                 = {{ours}}backbone.embedding.positions
        text_model.embeddings.position_ids                       =
        text_model.final_layer_norm                              = {{ours}}backbone.stack.norm
        {{LayerNames("text_model", ours)}}
        """;

    private static string LayerNames(string theirs, string ours) =>
        $$"""
        {{theirs}}.encoder.layers.{}.self_attn.{q_proj,k_proj,v_proj} = {{ours}}backbone.stack.layers.{}.attention.projection
        {{theirs}}.encoder.layers.{}.self_attn.out_proj            = {{ours}}backbone.stack.layers.{}.attention.output
        {{theirs}}.encoder.layers.{}.layer_norm1                   = {{ours}}backbone.stack.layers.{}.attentionNorm
        {{theirs}}.encoder.layers.{}.layer_norm2                   = {{ours}}backbone.stack.layers.{}.feedForwardNorm
        {{theirs}}.encoder.layers.{}.mlp.fc1                       = {{ours}}backbone.stack.layers.{}.feedForward.inner
        {{theirs}}.encoder.layers.{}.mlp.fc2                       = {{ours}}backbone.stack.layers.{}.feedForward.output
        """;

    private static ClipModel Build(ClipConfig config)
    {
        var (image, text) = (Build(config.Vision), Build(config.Text));
        return new ClipModel(
            config,
            new ImageModel(config.Vision, image, ImageProjection.Of(config.Vision, image)),
            new TextModel(config.Text, text, TextProjection.Of(config.Text, text)));
    }

    private static ImageStack Build(ClipVisionConfig config) => new(
        new PatchEmbedding(
            new PatchProjection(config.Channels, config.PatchSize, config.HiddenSize, hasBias: false),
            config.HiddenSize,
            positions: new PatchPositions(config.ImageSize.Count(config.PatchSize), 1, config.HiddenSize)),
        new LayerStack(
            Layers(config.Layers, config.HiddenSize, config.Heads, config.InnerSize, config.Activation, config.NormEpsilon, config.AttentionDropout),
            new PrefixNorm(Norm.Layer(config.HiddenSize, config.NormEpsilon), prefixTokens: 1),
            entryNorm: Norm.Layer(config.HiddenSize, config.NormEpsilon)));

    private static TextStack Build(ClipTextConfig config) => new(
        new TokenEmbedding(
            Embedding(config.VocabularySize, config.HiddenSize),
            new LearnedPositions(config.MaxLength, config.HiddenSize)),
        new LayerStack(
            Layers(config.Layers, config.HiddenSize, config.Heads, config.InnerSize, config.Activation, config.NormEpsilon, config.AttentionDropout),
            Norm.Layer(config.HiddenSize, config.NormEpsilon)),
        new CausalContext(maxLength: config.MaxLength));

    private static IEnumerable<Layer> Layers(int count, int width, int heads, int innerSize, string activation, double epsilon, double dropout) =>
        Enumerable.Range(0, count).Select(_ => new Layer(
            NormOrder.Pre,
            new Attention(width, heads, dropout: dropout),
            Norm.Layer(width, epsilon),
            new FeedForward(width, innerSize, Activation.Find(activation)),
            Norm.Layer(width, epsilon),
            dropout: 0));
}
