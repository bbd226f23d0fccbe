namespace MLNet.Transformers.Tests.Samples;

/// <summary>The first example of the first page, on the first packages of its data.</summary>
public sealed class TenLinesSampleTests
{
    [Fact]
    public void TrainsSavesAndPredicts()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("samples/data"));
        File.WriteAllLines(folder.File("samples/data/debian-packages.tsv"), File.ReadLines(RepositoryFolder.Path("samples", "data", "debian-packages.tsv")).Take(500));
        var printed = SampleProgram.Run("TenLines", folder.Path, "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, printed.Length);
        Assert.Matches("^editor for musical scores: [a-z]+$", printed[0]);
        Assert.EndsWith("of the packages that it has not seen are filed rightly.", printed[1], StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("sections.zip")));
    }
}
