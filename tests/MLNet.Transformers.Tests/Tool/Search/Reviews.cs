namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>Short reviews whose words tell what they are, but for one in ten.</summary>
internal static class Reviews
{
    private static readonly string[] Good = ["lovely", "superb", "charming", "great"];
    private static readonly string[] Bad = ["dull", "awful", "bleak", "boring"];
    private static readonly string[] Things = ["film", "book", "song", "meal", "trip"];

    /// <summary>Writes a file of them with the columns Sentiment and Review; its path.</summary>
    public static string Write(TemporaryFolder folder, int count)
    {
        var random = new Random(3);
        T Any<T>(T[] of) => of[random.Next(of.Length)];
        var path = folder.File("reviews.tsv");
        File.WriteAllLines(path, Enumerable.Range(0, count)
            .Select(_ => (IsGood: random.Next(2) == 0, IsRight: random.Next(10) > 0))
            .Select(row => $"{(row.IsGood ? "good" : "bad")}\tthe {Any(Things)} was {Any(row.IsGood == row.IsRight ? Good : Bad)} and so was the {Any(Things)}")
            .Prepend("Sentiment\tReview"));
        return path;
    }
}
