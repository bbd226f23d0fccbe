using System.Text;

namespace MLNet.Transformers.Tool.Data;

/// <summary>The names that columns usually have, by what they are for.</summary>
internal static class ColumnVocabulary
{
    private static readonly Dictionary<ColumnPurpose, string[]> s_names = new()
    {
        [ColumnPurpose.Label] =
        [
            "label", "labels", "class", "classes", "category", "categories", "sentiment", "intent", "topic", "tag", "tags", "nertags", "ner",
            "entities", "similarity", "similarityscore", "score", "relatedness", "relatednessscore", "section", "genre", "area", "type",
            "rating", "stars", "gold", "target", "y",
        ],
        [ColumnPurpose.Text] =
        [
            "text", "texts", "sentence", "sentences", "review", "reviewtext", "comment", "tweet", "message", "utterance", "document", "content",
            "words", "tokens", "prompt", "query", "question", "input", "x",
        ],
        [ColumnPurpose.SourceSentence] =
        [
            "sourcesentence", "sentence1", "sentencea", "text1", "texta", "question1", "premise", "first", "firstsentence", "s1", "sent1", "source", "query",
        ],
        [ColumnPurpose.ComparisonSentence] =
        [
            "comparisonsentence", "sentence2", "sentenceb", "text2", "textb", "question2", "hypothesis", "second", "secondsentence", "s2", "sent2",
            "comparison", "target", "passage", "document",
        ],
        [ColumnPurpose.Question] = ["question", "questions", "query", "q"],
        [ColumnPurpose.Context] = ["context", "passage", "paragraph", "document", "article", "text", "story"],
        [ColumnPurpose.Answer] = ["answer", "answers", "answertext", "a"],
        [ColumnPurpose.AnswerIndex] = ["answerindex", "answerstart", "answerstartindex", "startindex", "start", "index", "offset"],
        [ColumnPurpose.Source] = ["source", "src", "sourcetext", "input", "original", "from"],
        [ColumnPurpose.Target] = ["target", "tgt", "targettext", "translation", "translated", "output", "summary", "to"],
    };

    private static readonly HashSet<string> s_aside = new(StringComparer.Ordinal)
    {
        "id", "ids", "idx", "index", "guid", "uuid", "rowid", "row", "no", "nr", "number", "num", "key", "split", "set", "fold", "partition", "date", "time",
        "datetime", "timestamp", "created", "createdat", "updated", "updatedat", "year", "url", "link", "file", "filename", "path", "user",
        "username", "userid", "author",
    };

    private static readonly HashSet<string> s_languages = new(StringComparer.Ordinal)
    {
        "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl",
        "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh", "eng", "deu", "ger", "fra", "fre", "spa", "ita", "rus", "zho", "jpn",
        "arabic", "bulgarian", "chinese", "croatian", "czech", "danish", "dutch", "english", "estonian", "finnish", "french", "german", "greek",
        "hebrew", "hindi", "hungarian", "indonesian", "italian", "japanese", "korean", "latvian", "lithuanian", "norwegian", "polish",
        "portuguese", "romanian", "russian", "slovak", "slovenian", "spanish", "swedish", "thai", "turkish", "ukrainian", "vietnamese",
    };

    /// <summary>How usual a name is for a purpose: 0 for the most usual; null where it is not.</summary>
    public static int? Rank(string name, ColumnPurpose purpose) =>
        s_names.TryGetValue(purpose, out var names) && Array.IndexOf(names, Plain(name)) is var rank and >= 0 ? rank : null;

    /// <summary>Whether a column of such a name has nothing to learn from, such as an id or a date.</summary>
    public static bool IsAside(string name) => s_aside.Contains(Plain(name));

    /// <summary>Whether a name is that of a language, or its code.</summary>
    public static bool IsLanguage(string name) => s_languages.Contains(Plain(name));

    /// <summary>Whether a name is usual for any column.</summary>
    public static bool Knows(string name) => IsAside(name) || IsLanguage(name) || s_names.Values.Any(names => names.Contains(Plain(name), StringComparer.Ordinal));

    /// <summary>Whether two names differ in no letter or digit, but for capitals.</summary>
    public static bool SameName(string left, string right) => Plain(left).Length > 0 && Plain(left) == Plain(right);

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var character in name.Where(char.IsLetterOrDigit))
            plain.Append(char.ToLowerInvariant(character));
        return plain.ToString();
    }
}
