using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads vocabularies as files write them.</summary>
internal static class VocabularyFiles
{
    /// <summary>Reads a file of one token a line, whose number is its id.</summary>
    public static Vocabulary ReadLines(string path) => new(File.ReadLines(path).Select(line => line.TrimEnd()));

    /// <summary>Reads an object of tokens and their ids.</summary>
    public static Vocabulary ReadJson(string path) => JsonFile.Read(path, root => root.AsVocabulary());
}
