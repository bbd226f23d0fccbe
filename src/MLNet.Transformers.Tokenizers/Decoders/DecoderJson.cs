namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the <c>decoder</c> of a <c>tokenizer.json</c>.</summary>
internal static class DecoderJson
{
    public static TokenDecoder Read(JsonPart part)
    {
        JsonPart type = part["type"];
        return type.AsString() switch
        {
            "BPEDecoder" => BytePairDecoder.Read(part),
            "ByteFallback" => new ByteFallbackDecoder(),
            "ByteLevel" => ByteLevelDecoder.Read(part),
            "CTC" => CtcDecoder.Read(part),
            "Fuse" => new FuseDecoder(),
            "Metaspace" => MetaspaceDecoder.Read(part),
            "Replace" => ReplaceDecoder.Read(part),
            "Sequence" => SequenceDecoder.Read(part),
            "Strip" => StripDecoder.Read(part),
            "WordPiece" => WordPieceDecoder.Read(part),
            _ => throw type.Error($"'{type.AsString()}' is no decoder that this version knows"),
        };
    }
}
