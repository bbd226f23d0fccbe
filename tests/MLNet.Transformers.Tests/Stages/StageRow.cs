using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

/// <summary>A row for any stage.</summary>
public sealed class StageRow
{
    [LoadColumn(0)]
    public string Class { get; set; } = "";

    [LoadColumn(1)]
    public string Text { get; set; } = "";

    [LoadColumn(2)]
    public string Pair { get; set; } = "";

    /// <summary>Rows of very different lengths, in which the class shows in the words.</summary>
    public static StageRow[] Many(int count = 60) => [.. Enumerable.Range(0, count).Select(index =>
    {
        var random = new Random(index);
        string[] words = index % 2 == 0 ? ["apple", "pear", "plum", "cherry"] : ["hammer", "saw", "chisel", "plane"];
        string Sentence(int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => words[random.Next(words.Length)]));
        return new StageRow { Class = index % 2 == 0 ? "fruit" : "tool", Text = Sentence(1 + random.Next(20)), Pair = Sentence(1 + random.Next(5)) };
    })];
}
