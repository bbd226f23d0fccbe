using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that learns a language by guessing the next token, and goes on with texts.</summary>
/// <remarks>From scratch it is a small GPT-2; from a folder any family that goes on with texts: GPT-2, GPT-NeoX, OPT, BLOOM, Llama, Mistral, Qwen2, Mixtral.</remarks>
public sealed record LanguageModelOptions : TextGenerationOptions
{
    /// <summary>Defaults of a model from scratch that trains in minutes on two CPU cores.</summary>
    public LanguageModelOptions()
    {
        Model = Small;
        Beta2 = 0.99;
    }

    /// <summary>Four layers, 128 wide, 256 positions: a GPT-2 for two CPU cores.</summary>
    public static Gpt2Config Small { get; } = new() { HiddenSize = 128, Layers = 4, Heads = 4, MaxLength = 256 };

    /// <summary>The text: in training to learn from, afterwards to go on with.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>Whether the output begins with the text that the model goes on with.</summary>
    public bool IncludesPrompt { get; init; }

    /// <summary>
    /// Whether texts are put one after the other and cut into windows of <see cref="TextFineTuningOptions.MaxLength"/> tokens, without any
    /// padding; otherwise each is learnt from by itself, a long one window by window.
    /// </summary>
    public bool PacksTexts { get; init; } = true;

    /// <summary>Whether tokens of packed texts see those of the texts before, as GPT-2's did in training; otherwise each text begins anew within its window.</summary>
    public bool SeesOtherTexts { get; init; } = true;

    /// <summary>Tokens that the next window of a long text repeats, where texts are not packed.</summary>
    public int WindowOverlap { get; init; }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    private CausalLanguageModeling Task => new(new(TextColumnName, IncludesPrompt), GenerationSettings.Of(this), this);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfNegative(WindowOverlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(WindowOverlap, MaxLength ?? (PretrainedFolder is null ? 128 : int.MaxValue));
        if (WindowOverlap > 0 && PacksTexts)
            throw new ArgumentException($"{nameof(WindowOverlap)} is {WindowOverlap}, and packed texts have no windows that overlap: set {nameof(PacksTexts)} to false.");
    }
}
