using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the merges of byte-pair vocabularies as files write them.</summary>
internal static class BytePairFiles
{
    /// <summary>Reads a merge from a <c>tokenizer.json</c>: two strings, or in older files one with a space between.</summary>
    public static (string First, string Second) ReadMerge(JsonPart part, Vocabulary vocabulary)
    {
        if (part.Element.ValueKind == JsonValueKind.String)
        {
            return Split(part.AsString(), vocabulary) ?? throw part.Error("two tokens with a space between are needed here");
        }

        JsonPart[] tokens = [.. part.Items()];
        return tokens.Length == 2 ? (tokens[0].AsString(), tokens[1].AsString()) : throw part.Error("two tokens are needed here");
    }

    /// <summary>Splits a merge at its space; where tokens have spaces of their own, at the one that leaves tokens.</summary>
    public static (string First, string Second)? Split(string merge, Vocabulary vocabulary)
    {
        (string First, string Second)? found = null;
        for (int space = merge.IndexOf(' ', 1); space > 0 && space < merge.Length - 1; space = merge.IndexOf(' ', space + 1))
        {
            (string First, string Second) tokens = (merge[..space], merge[(space + 1)..]);
            if (vocabulary.GetId(tokens.First) is not null && vocabulary.GetId(tokens.Second) is not null)
            {
                return tokens;
            }

            found ??= tokens;
        }

        return found;
    }
}
