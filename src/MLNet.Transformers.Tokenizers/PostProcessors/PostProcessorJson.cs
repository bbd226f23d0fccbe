namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the <c>post_processor</c> of a <c>tokenizer.json</c>.</summary>
internal static class PostProcessorJson
{
    public static PostProcessor Read(JsonPart part)
    {
        JsonPart type = part["type"];
        return type.AsString() switch
        {
            "BertProcessing" => BertPostProcessor.Read(part),
            "ByteLevel" => ByteLevelPostProcessor.Read(part),
            "RobertaProcessing" => RobertaPostProcessor.Read(part),
            "Sequence" => SequencePostProcessor.Read(part),
            "TemplateProcessing" => TemplatePostProcessor.Read(part),
            _ => throw type.Error($"'{type.AsString()}' is no post-processor that this version knows"),
        };
    }
}
