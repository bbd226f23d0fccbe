using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the <c>normalizer</c> of a <c>tokenizer.json</c>.</summary>
internal static class NormalizerJson
{
    public static TextNormalizer Read(JsonPart part)
    {
        JsonPart type = part["type"];
        return type.AsString() switch
        {
            "BertNormalizer" => BertNormalizer.Read(part),
            "ByteLevel" => new ByteLevelNormalizer(),
            "Lowercase" => new LowercaseNormalizer(),
            "NFC" => new UnicodeNormalizer(NormalizationForm.FormC),
            "NFD" => new UnicodeNormalizer(NormalizationForm.FormD),
            "NFKC" => new UnicodeNormalizer(NormalizationForm.FormKC),
            "NFKD" => new UnicodeNormalizer(NormalizationForm.FormKD),
            "Nmt" => new NmtNormalizer(),
            "Precompiled" => PrecompiledNormalizer.Read(part),
            "Prepend" => PrependNormalizer.Read(part),
            "Replace" => ReplaceNormalizer.Read(part),
            "Sequence" => SequenceNormalizer.Read(part),
            "Strip" => StripNormalizer.Read(part),
            "StripAccents" => new StripAccentsNormalizer(),
            _ => throw type.Error($"'{type.AsString()}' is no normalizer that this version knows"),
        };
    }
}
