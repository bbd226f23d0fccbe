using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Data;

public sealed class TextSaverTests
{
    private readonly MLContext _context = new(1);

    private IDataView Rows => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Text = "plain", Number = 1.5f, Yes = true, Many = [0, 2, 0, 0, 0, 0] },
        new Row { Text = "a \"tab\"\there", Number = float.NaN, Yes = false, Many = [1, 2, 3, 4, 5, 6] },
        new Row { Text = "", Number = -0.25f, Yes = true, Many = [0, 0, 0, 0, 0, 7] },
    });

    [Fact]
    public void Values_alone()
    {
        Assert.Equal(
        [
            "plain\t1.5\t1\t0\t2\t0\t0\t0\t0",
            "\"a \"\"tab\"\"\there\"\t?\t0\t1\t2\t3\t4\t5\t6",
            "\"\"\t-0.25\t1\t0\t0\t0\t0\t0\t7",
        ], Save(headerRow: false, schema: false, forceDense: true));
    }

    [Fact]
    public void A_header_and_a_description_come_first()
    {
        var lines = Save(headerRow: true, schema: true, forceDense: true, separator: ',');
        Assert.Equal("#@ TextLoader{", lines[0]);
        Assert.Contains("#@   sep=comma", lines);
        Assert.Contains("#@   col=Many:R4:3-8", lines);
        Assert.StartsWith("Text,Number,Yes,", lines[^4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_saved_loads_again(bool forceDense)
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(file))
                _context.Data.SaveAsText(Rows, stream, forceDense: forceDense);
            var loaded = _context.Data.LoadFromTextFile<Row>(file, hasHeader: true, allowQuoting: true, allowSparse: true);
            Assert.Equal(StageCheck.Show(Rows), StageCheck.Show(loaded));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_description_says_how_to_load()
    {
        var rows = _context.Data.TakeRows(Rows, 1);
        var file = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(file))
                _context.Data.SaveAsText(rows, stream, forceDense: true);
            Assert.Equal(StageCheck.Show(rows), StageCheck.Show(_context.Data.LoadFromTextFile(file)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private string[] Save(bool headerRow, bool schema, bool forceDense, char separator = '\t')
    {
        using var stream = new MemoryStream();
        _context.Data.SaveAsText(Rows, stream, separator, headerRow, schema, forceDense: forceDense);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
    }

    private sealed class Row
    {
        [LoadColumn(0)]
        public string Text { get; set; } = "";

        [LoadColumn(1)]
        public float Number { get; set; }

        [LoadColumn(2)]
        public bool Yes { get; set; }

        [LoadColumn(3, 8)]
        [VectorType(6)]
        public float[] Many { get; set; } = [];
    }
}
