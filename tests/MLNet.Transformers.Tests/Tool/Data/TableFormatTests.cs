using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

public class TableFormatTests
{
    [Theory]
    [InlineData("reviews.csv", ',')]
    [InlineData("reviews.tsv", '\t')]
    [InlineData("reviews.txt", ';')]
    [InlineData("reviews.csv", '|')]
    [InlineData("reviews.csv", '\t')]
    public void TheSeparatorIsThatWhichAllRowsHaveAlike(string name, char separator)
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("Text~Label\n", "Number #: one. Two. Three~good\n") + DataFiles.Rows("", "Number # is one. Two~bad\n");

        var dataset = files.Read("text-classification", name, text.Replace(".", separator == ',' ? ";" : ",").Replace('~', separator));

        Assert.Equal(separator, dataset.Separator);
        Assert.Equal(24, dataset.RowCount);
        Assert.Equal(24, dataset.Load(new()).GetColumn<string>("Text").Count());
    }

    [Fact]
    public void QuotedValuesKeepSeparatorsAndLineEnds()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("Label,Text\n", "good,\"Row #, he said:\n\"\"yes\"\"\"\n") + DataFiles.Rows("", "bad,Plain #\n");

        var dataset = files.Read("text-classification", "reviews.csv", text);

        Assert.True(dataset is { AllowQuoting: true, ReadMultilines: true, Separator: ',', RowCount: 24 });
        Assert.Equal("Row 0, he said:\n\"yes\"", dataset.Load(new()).GetColumn<string>("Text").First());
    }

    [Fact]
    public void QuotesWithinTextsAreLeftAsTheyAre()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("Label\tText\n", "good\t\"Row\" # is fine\n") + DataFiles.Rows("", "bad\tIt is \"#\n");

        var dataset = files.Read("text-classification", "reviews.tsv", text);

        Assert.False(dataset.AllowQuoting);
        Assert.Equal("\"Row\" 0 is fine", dataset.Load(new()).GetColumn<string>("Text").First());
    }

    [Fact]
    public void RowsOfOtherWidthsAreNamed()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("Label\tText\n", "good\tRow #\n", 8) + "bad\tone\ttoo many\nbad\n" + DataFiles.Rows("", "bad\tRow #\n", 8);

        Assert.Equal(
            "reviews.tsv: the first line has 2 columns, and 2 others have more or fewer: lines 10 (3) and 11 (1). Put values with a tab in them in double quotes, or mend these lines.",
            files.Refusal("text-classification", "reviews.tsv", text));
    }

    [Fact]
    public void SeparatorsAtTheEndOfARowAreNoColumns()
    {
        using var files = new DataFiles();

        Assert.Equal(12, files.Read("translation", "titles.csv", DataFiles.Rows("en,de\n", "a house #,ein Haus #,\n")).RowCount);
    }

    [Fact]
    public void QuotesThatCloseTooEarlyAreNamed()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("Label,Text\n", "good,\"One, two, #\"\n", 8) + "bad,\"One\" or two\n" + DataFiles.Rows("", "bad,\"One, #\"\n", 8);

        Assert.Equal(
            "reviews.csv: a value that begins with a double quote must end with one before the next comma, and have two for each one within; see line 10.",
            files.Refusal("text-classification", "reviews.csv", text));
    }

    [Fact]
    public void OneColumnIsTooFew()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "reviews.txt must have 2 columns or more with tabs, commas, semicolons or bars between them; none of these gives columns.",
            files.Refusal("text-classification", "reviews.txt", "good film\nbad film\nno film\n"));
        Assert.Equal(
            "faq.tsv has 2 columns with a tab between them, and 4 are needed.",
            files.Refusal("question-answering", "faq.tsv", DataFiles.Rows("Question\tAnswer\n", "What is #?\tIt is #\n")));
    }

    [Fact]
    public void LinesThatTheLoaderTakesForCommentsAreNamed()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("Label\tText\n", "good\tRow #\n", 8) + "//\tbad\n" + DataFiles.Rows("", "bad\tRow #\n", 8);

        var dataset = files.Read("text-classification", "reviews.tsv", text);

        Assert.Equal(16, dataset.RowCount);
        Assert.Contains(
            "ML.NET takes 1 line for comments, which begin with // or stand above all others and begin with #; not read: line 10.", dataset.Warnings);
    }
}
