namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the <c>pre_tokenizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class PreTokenizerJson
{
    public static TextPreTokenizer Read(JsonPart part)
    {
        JsonPart type = part["type"];
        return type.AsString() switch
        {
            "BertPreTokenizer" => new BertPreTokenizer(),
            "ByteLevel" => ByteLevelPreTokenizer.Read(part),
            "CharDelimiterSplit" or "Delimiter" => DelimiterPreTokenizer.Read(part),
            "Digits" => DigitsPreTokenizer.Read(part),
            "FixedLength" => FixedLengthPreTokenizer.Read(part),
            "Metaspace" => MetaspacePreTokenizer.Read(part),
            "Punctuation" => PunctuationPreTokenizer.Read(part),
            "Sequence" => SequencePreTokenizer.Read(part),
            "Split" => SplitPreTokenizer.Read(part),
            "UnicodeScripts" => new UnicodeScriptsPreTokenizer(),
            "Whitespace" => new WhitespacePreTokenizer(),
            "WhitespaceSplit" => new WhitespaceSplitPreTokenizer(),
            _ => throw type.Error($"'{type.AsString()}' is no pre-tokenizer that this version knows"),
        };
    }
}
