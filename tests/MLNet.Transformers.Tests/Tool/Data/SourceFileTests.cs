using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

public class SourceFileTests
{
    private static readonly string s_table = DataFiles.Rows("Label\tText\n", "good\tRow # of the größte\n", 6) + DataFiles.Rows("", "bad\tAnother one, # of six\n", 6);

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        using var files = new DataFiles();

        Assert.Equal("There is no file reviews.tsv.", files.Refusal(files.Job("text-classification", files.Path("reviews.tsv"))));
    }

    [Fact]
    public void AFolderIsNoFile()
    {
        using var files = new DataFiles();
        Directory.CreateDirectory(files.Path("reviews"));

        Assert.Equal("reviews is a folder: name the file in it that has the data.", files.Refusal(files.Job("text-classification", files.Path("reviews"))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    public void AnEmptyFileIsRefused(string text)
    {
        using var files = new DataFiles();

        Assert.Equal("reviews.tsv is empty.", files.Refusal("text-classification", "reviews.tsv", text));
    }

    [Fact]
    public void BytesThatAreNoUtf8AreNamedByTheirLine()
    {
        using var files = new DataFiles();
        // Across the chunks that are read at a time, with a character cut in two at their border.
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("größer\tja\n", 40_000)));
        byte[] bytes = [.. text, .. Encoding.Latin1.GetBytes("groß\tnein\n")];

        Assert.Equal(
            "reviews.tsv is not in UTF-8: line 40001 has bytes that mean nothing in it. Save the file as UTF-8.",
            files.Refusal(files.Job("text-classification", files.Write("reviews.tsv", bytes))));
    }

    [Fact]
    public void AFileCutWithinACharacterIsRefused()
    {
        using var files = new DataFiles();

        Assert.StartsWith("a.tsv is not in UTF-8: line 2", files.Refusal(files.Job("text-classification", files.Write("a.tsv", [.. "a\nb"u8, 0xC3]))));
    }

    [Fact]
    public void ZeroBytesAreNoText()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "model.bin is no text file: it has zero bytes in it. If it is text in UTF-16, save it as UTF-8.",
            files.Refusal(files.Job("text-classification", files.Write("model.bin", [1, 2, 0, 3]))));
    }

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void ByteOrderMarksAreHeeded(string encoding)
    {
        using var files = new DataFiles();
        var encoder = Encoding.GetEncoding(encoding);
        var path = files.Write("reviews.tsv", [.. encoder.GetPreamble(), .. encoder.GetBytes(s_table)]);

        var dataset = (TabularDataset)DatasetReader.Read(files.Job("text-classification", path));

        Assert.Equal("Label", dataset[ColumnPurpose.Label].Name);
        Assert.Equal("Row 0 of the größte", dataset.Load(new()).GetColumn<string>("Text").First());
    }

    [Fact]
    public void RandomBytesMakeNothingButASentence()
    {
        using var files = new DataFiles();
        var random = new Random(7);
        const string Likely = "a1\t,;|\"\n\r #/{}[]:O-Bü?.";
        foreach (var scenario in MLNet.Transformers.Tool.Scenarios.Scenario.All.Where(scenario => scenario.Columns.Count > 0))
        {
            for (var round = 0; round < 60; round++)
            {
                byte[] bytes = round % 3 == 0
                    ? [.. Enumerable.Range(0, random.Next(200)).Select(_ => (byte)random.Next(256))]
                    : Encoding.UTF8.GetBytes([.. Enumerable.Range(0, random.Next(400)).Select(_ => Likely[random.Next(Likely.Length)])]);
                var path = files.Write(round % 2 == 0 ? "data.csv" : "data.txt", bytes);
                if (Record.Exception(() => DatasetReader.Read(files.Job(scenario.Command, path))) is { } exception)
                    Assert.IsType<InputException>(exception);
            }
        }
    }
}
