using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads byte-pair vocabularies as files write them.</summary>
internal static class BytePairFiles
{
    /// <summary>Reads a <c>vocab.json</c> and a <c>merges.txt</c>.</summary>
    public static BytePairEncoding Read(string vocabularyPath, string mergesPath, BytePairOptions? options)
    {
        Vocabulary vocabulary = VocabularyFiles.ReadJson(vocabularyPath);
        var merges = new List<(string, string)>();
        int number = 0;
        foreach (string line in File.ReadLines(mergesPath))
        {
            number++;
            if (line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))
            {
                merges.Add(Split(line, vocabulary) ?? throw new InvalidDataException($"{mergesPath}, line {number}: two tokens with a space between are needed here."));
            }
        }

        try
        {
            return new BytePairEncoding(vocabulary, merges, options);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{mergesPath}: {exception.Message}", exception);
        }
    }

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

    /// <summary>Reads a <c>.tiktoken</c> file: in each line a token's bytes in base 64, and its id, which is its rank.</summary>
    public static BytePairEncoding ReadTiktoken(string path)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            string[] fields = line.Split(' ');
            byte[] bytes = new byte[fields[0].Length];
            if (fields.Length != 2 || !Convert.TryFromBase64String(fields[0], bytes, out int count) || !int.TryParse(fields[1], out int id))
            {
                throw new InvalidDataException($"{path}, line {number}: a token in base 64 and its number are needed here.");
            }

            ids[string.Create(count, bytes, static (text, bytes) =>
            {
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = ByteLevelAlphabet.ToCharacter(bytes[i]);
                }
            })] = id;
        }

        return new BytePairEncoding(new Vocabulary(ids), FindMerges(ids), new BytePairOptions { IgnoresMerges = true });
    }

    /// <summary>Splits a merge at its space; where tokens have spaces of their own, at the one that leaves tokens.</summary>
    private static (string First, string Second)? Split(string merge, Vocabulary vocabulary)
    {
        (string First, string Second)? found = null;
        for (int space = merge.Length > 2 ? merge.IndexOf(' ', 1) : -1; space > 0 && space < merge.Length - 1; space = merge.IndexOf(' ', space + 1))
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

    // There, any two tokens merge that are a token together, and the lowest id first.
    private static IEnumerable<(string First, string Second)> FindMerges(Dictionary<string, int> ids) =>
        ids.OrderBy(token => token.Value).SelectMany(token => Enumerable.Range(1, token.Key.Length - 1)
            .Select(length => (First: token.Key[..length], Second: token.Key[length..]))
            .Where(parts => ids.ContainsKey(parts.First) && ids.ContainsKey(parts.Second))
            .OrderBy(parts => (ids[parts.First], ids[parts.Second])));
}
