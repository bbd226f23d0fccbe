using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the <c>model</c> of a <c>tokenizer.json</c>.</summary>
internal static class AlgorithmJson
{
    public static TokenizationAlgorithm Read(JsonPart part)
    {
        JsonPart? type = part.Find("type");
        return (type?.AsString() ?? GuessType(part)) switch
        {
            "BPE" => BytePairEncoding.Read(part),
            "WordPiece" => WordPiece.Read(part),
            "WordLevel" => WordLevel.Read(part),
            "Unigram" => Unigram.Read(part),
            _ => throw type!.Error($"'{type.AsString()}' is no model that this version knows"),
        };
    }

    // Files from before the type was written differ in what else they have.
    private static string GuessType(JsonPart part)
    {
        if (part.Find("merges") is not null)
        {
            return "BPE";
        }

        if (part.Find("continuing_subword_prefix") is not null)
        {
            return "WordPiece";
        }

        return part["vocab"].Element.ValueKind == JsonValueKind.Array ? "Unigram" : "WordLevel";
    }
}
