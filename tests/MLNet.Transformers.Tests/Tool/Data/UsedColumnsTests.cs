using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

public class UsedColumnsTests
{
    private const string Header = "Label,Text\n";
    private static readonly string s_good = DataFiles.Rows("", "good,one #\n", 6);
    private static readonly string s_bad = DataFiles.Rows("", "bad,two #\n", 6);

    [Theory]
    [InlineData("good,\n", "reviews.csv: 'Text' is empty in line 8. Fill it in there, remove these lines, or name another column with --text-col.")]
    [InlineData(",none\ngood,  \n,x\n", "reviews.csv: 'Label' is empty in lines 8 and 10. Fill it in there, remove these lines, or name another column with --label-col.")]
    public void EmptyValuesAreNamedByTheirLines(string rows, string sentence)
    {
        using var files = new DataFiles();

        Assert.Equal(sentence, files.Refusal("text-classification", "reviews.csv", Header + s_good + rows + s_bad));
    }

    [Fact]
    public void ValuesThatAreNoNumbersAreNamedByTheirLines()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("sentence1,sentence2,score\n", "one #,two #,4.5\n") + "one,two,high\none,three,\"4,5\"\n";

        Assert.Equal(
            "pairs.csv: 'score' must have numbers, and has others in lines 14 ('high') and 15 ('4,5').",
            files.Refusal("sentence-similarity", "pairs.csv", text));
    }

    [Fact]
    public void PlacesMustBeWholeNumbers()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("question,context,answer,answer_start\n", "who #?,it is #,it,0\n") + "who?,it is,it,0.5\nwho?,it is,,\n";

        Assert.Equal("faq.csv: 'answer_start' must have whole numbers, and has others in line 14 ('0.5').", files.Refusal("question-answering", "faq.csv", text));
        Assert.Equal(13, files.Read("question-answering", "faq.csv", text.Replace("who?,it is,it,0.5\n", "")).RowCount);
    }

    [Fact]
    public void FewRowsAreRefused()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "reviews.csv has 6 rows; at least 10 are needed to learn from some and to measure on others.",
            files.Refusal("text-classification", "reviews.csv", Header + s_good));
        Assert.Equal(
            "--cv-fold 20: reviews.csv has only 12 rows.",
            files.Refusal(files.Job("text-classification", files.Write("reviews.csv", Header + s_good + s_bad)) with { Folds = 20 }));
    }

    [Fact]
    public void AClassOfItsOwnForEveryRowIsNone()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "reviews.csv: 'Label' has another value in every row, so it is not a class. Name the column that is one with --label-col.",
            files.Refusal("text-classification", "reviews.csv", DataFiles.Rows(Header, "c#,one #\n")));
    }

    [Fact]
    public void WhatMakesModelsWorseIsSaid()
    {
        using var files = new DataFiles();

        var dataset = files.Read("text-classification", "reviews.csv", Header + s_good + s_bad + "good,one 0\nfair,so so\n\"bad \",spaced\n\"bad \",spaced too\n");

        Assert.Equal(
        [
            "1 of 16 rows are copies of others. The same row can be learnt from and measured on, which makes the model look better than it is.",
            "The class 'fair' in 'Label' has one row only: too little to learn from and to measure on.",
            "The class 'bad ' in 'Label' differs from another only by spaces at the end, and counts as a class of its own.",
        ],
        dataset.Warnings);
    }

    [Fact]
    public void GoodRowsMakeNoWarnings()
    {
        using var files = new DataFiles();

        Assert.Empty(files.Read("text-classification", "reviews.csv", Header + s_good + s_bad).Warnings);
    }

    [Theory]
    [InlineData("Label,Text\ngood,a\nbad,b\n", null)]
    [InlineData("Label,Text\ngood,a\nworse,b\n", "The class 'worse' in 'Label' of valid.csv is not in reviews.csv, so the model cannot know it.")]
    public void ValidationRowsAreReadAlike(string text, string? warning)
    {
        using var files = new DataFiles();
        var job = files.Job("text-classification", files.Write("reviews.csv", Header + s_good + s_bad)) with { ValidationPath = files.Write("valid.csv", text) };

        var validation = Assert.IsType<TabularDataset>(DatasetReader.ReadValidation(job, DatasetReader.Read(job)));

        Assert.Equal((job.ValidationPath, 2), (validation.Path, validation.RowCount));
        Assert.Equal(warning is null ? [] : [warning], validation.Warnings.Select(files.Short));
    }

    [Theory]
    [InlineData("Text,Label\na,good\n", "valid.csv has the column 'Text' where reviews.csv has 'Label': the columns must be the same, in the same order.")]
    [InlineData("Label\tText\ngood\ta\n", "valid.csv must have the 2 columns of reviews.csv, with a comma between them, and has 1.")]
    [InlineData("Label,Text\n", "valid.csv has no rows.")]
    [InlineData("Label,Text\nnew,a\n", "valid.csv: 'Label' has no class that reviews.csv has.")]
    [InlineData("Label,Text\ngood,\n", "valid.csv: 'Text' is empty in line 2. Fill it in there, remove these lines, or name another column with --text-col.")]
    [InlineData("", "valid.csv is empty.")]
    public void ValidationRowsThatAreNotAlikeAreRefused(string text, string sentence)
    {
        using var files = new DataFiles();
        var job = files.Job("text-classification", files.Write("reviews.csv", Header + s_good + s_bad)) with { ValidationPath = files.Write("valid.csv", text) };
        var dataset = DatasetReader.Read(job);

        Assert.Equal(sentence, files.Short(Assert.Throws<InputException>(() => DatasetReader.ReadValidation(job, dataset)).Message));
    }

    [Fact]
    public void NoValidationRowsAreNone()
    {
        using var files = new DataFiles();
        var job = files.Job("text-classification", files.Write("reviews.csv", Header + s_good + s_bad));

        Assert.Null(DatasetReader.ReadValidation(job, DatasetReader.Read(job)));
    }
}
