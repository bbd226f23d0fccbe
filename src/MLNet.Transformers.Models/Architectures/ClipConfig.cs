using System.Text.Json.Serialization;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The config of a CLIP model: its two towers and the space that they share.</summary>
public sealed record ClipConfig : ModelConfig, IJsonOnDeserialized
{
    private ClipTextConfig text = new();
    private ClipVisionConfig vision = new();
    private ClipTextConfig? olderText;
    private ClipVisionConfig? olderVision;

    /// <inheritdoc/>
    protected override string Family => "clip";

    /// <summary>The tower for texts.</summary>
    [JsonPropertyName("text_config")]
    public ClipTextConfig Text
    {
        get => text with { ProjectionSize = ProjectionSize };
        init => text = value ?? new();
    }

    /// <summary>The tower for images.</summary>
    [JsonPropertyName("vision_config")]
    public ClipVisionConfig Vision
    {
        get => vision with { ProjectionSize = ProjectionSize };
        init => vision = value ?? new();
    }

    /// <summary>Width of the vectors that images and texts share; it holds for both towers.</summary>
    [JsonPropertyName("projection_dim")]
    public int ProjectionSize { get; init; } = 512;

    /// <summary>Natural logarithm of what the cosines of fresh models are multiplied by; 1 / 0.07 in the paper.</summary>
    [JsonPropertyName("logit_scale_init_value")]
    public double LogitScale { get; init; } = 2.6592;

    // Old configs have these as well, and they go before those of the same names without "_dict"; nobody writes them any more.
    [JsonInclude, JsonPropertyName("text_config_dict")]
    private ClipTextConfig? OlderText
    {
        get => null;
        init => olderText = value;
    }

    [JsonInclude, JsonPropertyName("vision_config_dict")]
    private ClipVisionConfig? OlderVision
    {
        get => null;
        init => olderVision = value;
    }

    /// <inheritdoc/>
    internal override TextConfig? TextTower => Text;

    /// <inheritdoc/>
    internal override ImageConfig? ImageTower => Vision with { LabelNames = LabelNames ?? vision.LabelNames };

    /// <inheritdoc/>
    void IJsonOnDeserialized.OnDeserialized()
    {
        (text, vision) = (olderText ?? text, olderVision ?? vision);
        (olderText, olderVision) = (null, null);
    }

    /// <inheritdoc/>
    internal override void Initialize(Module model)
    {
        var clip = (ClipModel)model;
        Text.Initialize(clip.TextTower);
        Vision.Initialize(clip.ImageTower);
        init.constant_(clip.LogitScale, LogitScale);
    }
}
