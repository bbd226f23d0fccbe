using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

public class HeaderTests
{
    [Theory]
    // Names that are usual.
    [InlineData("label,text\n", "good,row #\n", true)]
    // Numbers below what is none.
    [InlineData("stufe,satz\n", "1,row #\n", true)]
    // A value that comes again.
    [InlineData("good,the first row\n", "good,row #\n", false)]
    // Numbers above numbers.
    [InlineData("1,the first row\n", "1,row #\n", false)]
    // Few values, and this is none of them.
    [InlineData("stufe,satz\n", "good,row #\n", true)]
    // Too long for a name.
    [InlineData("fine,a sentence that is far too long for anyone to call a column by it\n", "good,row #\n", false)]
    public void NamesAreToldFromValues(string first, string row, bool hasHeader)
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows(first, row) + DataFiles.Rows("", row.Replace("good", "bad").Replace('1', '0').Replace("row", "line"));

        var dataset = files.Read("text-classification", "reviews.csv", text);

        Assert.Equal(hasHeader, dataset.HasHeader);
        Assert.Equal(hasHeader ? first.Trim().Split(',')[0] : "col0", dataset.Columns[0].Name);
        Assert.Equal(hasHeader ? 24 : 25, dataset.RowCount);
    }

    [Fact]
    public void WhatCannotBeToldIsAsked()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "Whether the first line of pairs.tsv has the names of the columns cannot be told: give --has-header true, or --has-header false.",
            files.Refusal("translation", "pairs.tsv", DataFiles.Rows("haus\thouse\n", "wort#\tword#\n")));
    }

    [Theory]
    [InlineData(true, 12)]
    [InlineData(false, 13)]
    public void WhatTheUserSaysGoesFirst(bool hasHeader, int rows)
    {
        using var files = new DataFiles();
        var path = files.Write("pairs.tsv", DataFiles.Rows("haus\thouse\n", "wort#\tword#\n"));

        var dataset = (TabularDataset)DatasetReader.Read(files.Job("translation", path) with { HasHeader = hasHeader });

        Assert.Equal((hasHeader, rows), (dataset.HasHeader, dataset.RowCount));
    }

    [Fact]
    public void AColumnThatTheUserNamesIsOneOfTheHeader()
    {
        using var files = new DataFiles();

        var dataset = files.Read("translation", "pairs.tsv", DataFiles.Rows("haus\thouse\n", "wort#\tword#\n"), (ColumnPurpose.Source, "house"));

        Assert.Equal("house", dataset[ColumnPurpose.Source].Name);
        Assert.Equal(("haus", "the only other text"), (dataset[ColumnPurpose.Target].Name, dataset[ColumnPurpose.Target].Reason));
    }

    [Theory]
    [InlineData("Label\tText\n", "reviews.tsv has one line only.")]
    [InlineData("Label\tText\tText\ngood\ta\tb\n", "reviews.tsv has 2 columns of the name 'Text': give each its own in the first line.")]
    public void HeadersThatWillNotDoAreRefused(string text, string sentence)
    {
        using var files = new DataFiles();

        Assert.Equal(sentence, files.Refusal("text-classification", "reviews.tsv", text));
    }

    [Fact]
    public void AHeaderWithoutRowsIsRefused()
    {
        using var files = new DataFiles();
        var job = files.Job("text-classification", files.Write("reviews.tsv", "Label\tText\n"));

        Assert.Equal("reviews.tsv has a header and no rows below it.", files.Refusal(job with { HasHeader = true }));
    }

    [Fact]
    public void NamesCanBeAnything()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("1st,my col,class,Class,\n", "#,some text #,good,x,0\n") + DataFiles.Rows("", "#,some text #,bad,y,0\n");

        var dataset = files.Read("text-classification", "data.csv", text, (ColumnPurpose.Label, "class"), (ColumnPurpose.Text, "my col"));

        Assert.Equal(["1st", "my col", "class", "Class", "col4"], dataset.Columns.Select(column => column.Name));
        Assert.Equal(["my col", "class"], dataset.Load(new()).Schema.Select(column => column.Name));
    }
}
