using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>The published names of model classes, <c>architectures</c> in a <c>config.json</c>, by which other programs choose what to load a folder into.</summary>
internal static class PublishedClass
{
    private static readonly Dictionary<string, string> Families = new()
    {
        ["albert"] = "Albert",
        ["bart"] = "Bart",
        ["beit"] = "Beit",
        ["bert"] = "Bert",
        ["bloom"] = "Bloom",
        ["camembert"] = "Camembert",
        ["clip_text_model"] = "CLIPText",
        ["clip_vision_model"] = "CLIPVision",
        ["deberta"] = "Deberta",
        ["deberta-v2"] = "DebertaV2",
        ["deit"] = "DeiT",
        ["dinov2"] = "Dinov2",
        ["dinov2_with_registers"] = "Dinov2WithRegisters",
        ["distilbert"] = "DistilBert",
        ["electra"] = "Electra",
        ["gpt2"] = "GPT2",
        ["gpt_neox"] = "GPTNeoX",
        ["llama"] = "Llama",
        ["marian"] = "Marian",
        ["mbart"] = "MBart",
        ["mistral"] = "Mistral",
        ["mixtral"] = "Mixtral",
        ["modernbert"] = "ModernBert",
        ["mpnet"] = "MPNet",
        ["mt5"] = "MT5",
        ["opt"] = "OPT",
        ["pegasus"] = "Pegasus",
        ["qwen2"] = "Qwen2",
        ["roberta"] = "Roberta",
        ["swin"] = "Swin",
        ["switch_transformers"] = "SwitchTransformers",
        ["t5"] = "T5",
        ["vit"] = "ViT",
        ["xlm-roberta"] = "XLMRoberta",
        ["xlnet"] = "XLNet",
    };

    /// <summary>The class of a model with that head; null where nobody has published one.</summary>
    public static IReadOnlyList<string>? Of(ModelConfig config, Module head) =>
        Families.TryGetValue(config.ModelType, out var family) && Task(config, head) is { } task ? [family + task] : null;

    private static string? Task(ModelConfig config, Module head) => (head, config.ModelType) switch
    {
        (ImageProjection or TextProjection, _) => "ModelWithProjection",
        (not SentenceEmbedding, "clip_text_model" or "clip_vision_model") => null,
        (SequenceClassification, _) => "ForSequenceClassification",
        (TokenClassification, _) => "ForTokenClassification",
        (SpanExtraction, "xlnet") => "ForQuestionAnsweringSimple",
        (SpanExtraction, _) => "ForQuestionAnswering",
        (MultipleChoice, _) => "ForMultipleChoice",
        (MaskedLanguageModel { HasOrder: true }, _) or (ReplacedTokenDetection, _) => "ForPreTraining",
        (MaskedLanguageModel, _) => "ForMaskedLM",
        (LanguageModelHead, "gpt2") => "LMHeadModel",
        (LanguageModelHead, "marian") => "MTModel",
        (LanguageModelHead, _) => config is TextConfig { IsEncoderDecoder: true } ? "ForConditionalGeneration" : "ForCausalLM",
        (SentenceEmbedding or ImageEmbedding or PatchStates, _) => "Model",
        (ImageClassification, _) => "ForImageClassification",
        (DistilledImageClassification, _) => "ForImageClassificationWithTeacher",
        _ => null,
    };
}
