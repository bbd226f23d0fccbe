using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

/// <summary>A row for any stage.</summary>
public sealed class StageRow
{
    public string Class { get; set; } = "";

    public string Text { get; set; } = "";

    public string Pair { get; set; } = "";

    /// <summary>A text with a hidden word.</summary>
    public string Masked { get; set; } = "";

    /// <summary>How many words the text has.</summary>
    public float Words { get; set; }

    /// <summary>1 for each of three words that is in the text.</summary>
    [VectorType(3)]
    public float[] Holds { get; set; } = [0, 0, 0];

    /// <summary>The text's words.</summary>
    public string[] Tokens { get; set; } = [];

    /// <summary>The class of each word: 1 for the fruit and tools that are three or four letters long, 2 for the others.</summary>
    [KeyType(2)]
    public uint[] Tags { get; set; } = [];

    /// <summary>The text's last word.</summary>
    public string Answer { get; set; } = "";

    /// <summary>Where the last word starts.</summary>
    public int AnswerStart { get; set; }

    /// <summary>A number a word.</summary>
    public long[] Ids { get; set; } = [];

    /// <summary>Four numbers a word.</summary>
    public float[] Vectors { get; set; } = [];

    /// <summary>The bytes of a picture: red for fruit, blue for tools.</summary>
    public byte[] Picture { get; set; } = [];

    /// <summary>Rows of very different lengths, in which the class shows in the words.</summary>
    public static StageRow[] Many(int count = 60) => [.. Enumerable.Range(0, count).Select(index =>
    {
        var random = new Random(index);
        string[] words = index % 2 == 0 ? ["apple", "pear", "plum", "cherry"] : ["hammer", "saw", "chisel", "plane"];
        string Sentence(int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => words[random.Next(words.Length)]));
        var text = Sentence(1 + random.Next(20));
        return new StageRow
        {
            Class = index % 2 == 0 ? "fruit" : "tool",
            Text = text,
            Pair = Sentence(1 + random.Next(5)),
            Tokens = text.Split(' '),
            Tags = [.. text.Split(' ').Select(word => word.Length < 5 ? 1u : 2u)],
            Ids = [.. text.Split(' ').Select(word => (long)word.Length)],
            Vectors = [.. text.Split(' ').SelectMany(word => word[..3].Select(letter => letter / 100f).Append(word.Length))],
            Answer = text.Split(' ')[^1],
            AnswerStart = text.LastIndexOf(' ') + 1,
            Picture = Pictures.Of(isRed: index % 2 == 0, index, side: 8 + index % 5),
            Masked = $"{text} [MASK] {words[0]}",
            Words = text.Split(' ').Length,
            Holds = [.. new[] { "pear", "saw", "plum" }.Select(word => text.Contains(word, StringComparison.Ordinal) ? 1f : 0)],
        };
    })];
}
