using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

/// <summary>What is inferred of a file holds only if it is split as the text loader splits it.</summary>
public class RowSplitterTests
{
    private const int Width = 6;

    [Theory]
    [InlineData(',', true)]
    [InlineData(',', false)]
    [InlineData('\t', true)]
    [InlineData(';', false)]
    public void RowsAreThoseOfTheTextLoader(char separator, bool allowQuoting)
    {
        using var files = new DataFiles();
        var random = new Random(20);
        for (var file = 0; file < 40; file++)
        {
            var path = files.Write($"{file}.txt", string.Concat(Enumerable.Range(0, 30).Select(_ => Line(random, separator, allowQuoting))));

            Assert.Equal(Loaded(path, separator, allowQuoting), Split(path, separator, allowQuoting));
        }
    }

    // Rows that end within a quote or go on after one are refused, so that how the loader reads them does not count.
    private static string Line(Random random, char separator, bool allowQuoting)
    {
        var fields = Enumerable.Range(0, random.Next(1, Width)).Select(_ => Field(random, separator, allowQuoting));
        return (random.Next(12) == 0 ? "// " : random.Next(12) == 0 ? "#" : "") + string.Join(separator, fields) + (random.Next(8) == 0 ? "\r\n" : "\n");
    }

    private static string Field(Random random, char separator, bool allowQuoting)
    {
        var pieces = allowQuoting ? (string[])["a", "ß", " ", "x y", "'", "/", "#", "1"] : ["a", "\"", " ", "\"\"", "b\" c", "#"];
        var text = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => pieces[random.Next(pieces.Length)]));
        if (!allowQuoting || random.Next(2) == 0)
            return text;
        var inside = text + (random.Next(2) == 0 ? $"\"\"{separator}\n\n z" : "");
        return $"{new string(' ', random.Next(2))}\"{inside}\"{new string(' ', random.Next(2))}";
    }

    private static string[] Split(string path, char separator, bool allowQuoting)
    {
        var rows = new DelimitedFile(path, separator, allowQuoting).Rows().ToArray();
        Assert.All(rows, row => Assert.True(row.IsLegal));
        return [.. rows.Select(row => Shown(row.Fields))];
    }

    private static string[] Loaded(string path, char separator, bool allowQuoting)
    {
        var rows = new MLContext().Data.LoadFromTextFile(path, new TextLoader.Options
        {
            Separators = [separator],
            AllowQuoting = allowQuoting,
            ReadMultilines = allowQuoting,
            Columns = [new TextLoader.Column("Fields", DataKind.String, [new TextLoader.Range { Min = 0, VariableEnd = true }])],
        });
        return [.. rows.GetColumn<VBuffer<ReadOnlyMemory<char>>>("Fields").Select(row => Shown(row.DenseValues().Select(field => field.ToString())))];
    }

    private static string Shown(IEnumerable<string> fields) => string.Join('¦', fields);

    [Fact]
    public void LinesAreCountedThroughQuotesAndComments()
    {
        using var files = new DataFiles();
        var file = new DelimitedFile(files.Write("a.csv", "# top\na,b\n\n\"x\ny\",1\n// gone\nz,2\n"), ',', allowQuoting: true);

        Assert.Equal([2L, 4L, 7L], file.Rows().Select(row => row.Line));
        Assert.Equal("lines 1 and 6", file.Comments.ToString());
    }

    [Theory]
    [InlineData("a,\"b", 1)]
    [InlineData("a,b\n\"c\" d,e", 2)]
    public void QuotesThatDoNotCloseAreSeen(string text, long line)
    {
        using var files = new DataFiles();

        var rows = new DelimitedFile(files.Write("a.csv", text), ',', allowQuoting: true).Rows();

        Assert.Equal([line], rows.Where(row => !row.IsLegal).Select(row => row.Line));
    }
}
