using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tests.Tool.Data;

public class PurposeInferenceTests
{
    private static readonly string s_issues =
        DataFiles.Rows("ID\tArea\tTitle\tDescription\tDone\tVotes\n", "7#\tnet\tA title #\tA much longer description of number #\ttrue\t#.5\n", 10)
        + DataFiles.Rows("", "8#\tio\tAnother title #\tA much longer description of that #\tfalse\t3#\n", 10);

    [Fact]
    public void EachColumnHasItsPurposeAndAReason()
    {
        using var files = new DataFiles();

        var columns = files.Read("text-classification", "issues.tsv", s_issues).Columns;

        Assert.Equal(
        [
            new("ID", 0, DataKind.Single, ColumnPurpose.Ignore, "named 'ID'"),
            new("Area", 1, DataKind.String, ColumnPurpose.Label, "named 'Area'"),
            new("Title", 2, DataKind.String, ColumnPurpose.Ignore, "not needed"),
            new("Description", 3, DataKind.String, ColumnPurpose.Text, "the longest texts, 36 characters on average; 'Title' has 12"),
            new("Done", 4, DataKind.Boolean, ColumnPurpose.Ignore, "not needed"),
            new("Votes", 5, DataKind.Single, ColumnPurpose.Ignore, "not needed"),
        ],
        columns);
    }

    [Fact]
    public void WhatTheUserNamesGoesFirst()
    {
        using var files = new DataFiles();

        var dataset = files.Read("text-classification", "issues.tsv", s_issues, (ColumnPurpose.Label, "Done"), (ColumnPurpose.Text, "title"));

        Assert.Equal(new DatasetColumn("Done", 4, DataKind.String, ColumnPurpose.Label), dataset[ColumnPurpose.Label]);
        Assert.Equal(new DatasetColumn("Title", 2, DataKind.String, ColumnPurpose.Text), dataset[ColumnPurpose.Text]);
        Assert.Equal(["true", "false"], dataset.Load(new()).GetColumn<string>("Done").Distinct());
    }

    [Fact]
    public void ANameThatIsNotThereListsThoseThatAre()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "--label-col: issues.tsv has no column 'Kind'. Its columns are 'ID', 'Area', 'Title', 'Description', 'Done', 'Votes'.",
            files.Refusal("text-classification", "issues.tsv", s_issues, (ColumnPurpose.Label, "Kind")));
        Assert.Equal(
            "--ignore-cols: issues.tsv has no column 'Kind'. Its columns are 'ID', 'Area', 'Title', 'Description', 'Done', 'Votes'.",
            files.Refusal(files.Job("text-classification", files.Path("issues.tsv")) with { IgnoredColumns = ["ID,Kind"] }));
    }

    [Fact]
    public void AColumnCannotBeTwoThings()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "--text-col: the column 'Area' is named for something else too: --label-col.",
            files.Refusal("text-classification", "issues.tsv", s_issues, (ColumnPurpose.Label, "Area"), (ColumnPurpose.Text, "Area")));
        Assert.Equal(
            "--label-col: the column 'Area' is named for something else too: --ignore-cols.",
            files.Refusal(files.Job("text-classification", files.Path("issues.tsv"), (ColumnPurpose.Label, "1")) with { IgnoredColumns = ["ID,Area", "Done"] }));
    }

    [Fact]
    public void SeveralClassesAreAskedAbout()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("colour,shape,note\n", "red,round,a note on number #\n") + DataFiles.Rows("", "blue,flat,another note on number #\n");

        Assert.Equal(
            "Several columns of things.csv could be the one for --label-col (the class): 'colour', 'shape'. Name it with --label-col.",
            files.Refusal("text-classification", "things.csv", text));
        Assert.Equal("shape", ((TabularDataset)DatasetReader.Read(files.Job("text-classification", files.Path("things.csv")) with { IgnoredColumns = ["colour"] }))
            [ColumnPurpose.Label].Name);
    }

    [Fact]
    public void ThePlacesOfColumnsAreTheirNamesWithoutAHeader()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("", "A plane # takes off.,An aircraft # starts.,4.#\n");

        var dataset = files.Read("sentence-similarity", "pairs.csv", text);

        Assert.False(dataset.HasHeader);
        Assert.Equal(new DatasetColumn("col2", 2, DataKind.Single, ColumnPurpose.Label, "numbers from 4 to 4.9"), dataset[ColumnPurpose.Label]);
        Assert.Equal(("col0", "col1"), (dataset[ColumnPurpose.SourceSentence].Name, dataset[ColumnPurpose.ComparisonSentence].Name));
        Assert.Equal(4.1f, dataset.Load(new()).GetColumn<float>("col2").ElementAt(1));
        Assert.Equal("col1", files.Read("sentence-similarity", "pairs.csv", text, (ColumnPurpose.SourceSentence, "1"))[ColumnPurpose.SourceSentence].Name);
    }

    [Fact]
    public void NamesOfPairsAreKnown()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("genre,year,target,source,score\n", "news,201#,A plane # takes off.,An aircraft # starts.,4.#\n");

        var dataset = files.Read("sentence-similarity", "pairs.csv", text);

        Assert.Equal("score", dataset[ColumnPurpose.Label].Name);
        Assert.Equal(("source", "target"), (dataset[ColumnPurpose.SourceSentence].Name, dataset[ColumnPurpose.ComparisonSentence].Name));
    }

    [Theory]
    [InlineData("id\tEnglish\tGerman\n", "English", "German")]
    [InlineData("split\tde\ten\n", "de", "en")]
    [InlineData("note\tsummary\tsource\n", "source", "summary")]
    public void NamesOfLanguagesAreKnown(string header, string source, string target)
    {
        using var files = new DataFiles();

        var dataset = files.Read("translation", "titles.tsv", DataFiles.Rows(header, "x\ttitle #\tTitel #\n"));

        Assert.Equal((source, target), (dataset[ColumnPurpose.Source].Name, dataset[ColumnPurpose.Target].Name));
    }

    [Fact]
    public void ThreeLanguagesAreAskedAbout()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "Several columns of titles.tsv could be the one for --source-col (the text to translate): 'en', 'de', 'fr'. Name it with --source-col.",
            files.Refusal("translation", "titles.tsv", DataFiles.Rows("en\tde\tfr\n", "title #\tTitel #\ttitre #\n")));
    }

    [Fact]
    public void TagsAreKnownByTheirLooks()
    {
        using var files = new DataFiles();

        var dataset = files.Read("named-entity-recognition", "tagged.tsv", DataFiles.Rows("", "Ada met Bob #\tB-person O B-person O\n") + "Nobody came\tO O\n");

        Assert.Equal(("col1", "tags such as B-person and O"), (dataset[ColumnPurpose.Label].Name, dataset[ColumnPurpose.Label].Reason));
        Assert.Equal("col0", dataset[ColumnPurpose.Text].Name);
    }

    [Fact]
    public void QuestionsAreKnownByTheirMarks()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("frage\ttext\tantwort\tstelle\n", "Who is #?\tThe one at # is known to be Ada.\tAda #\t2#\n");

        var dataset = files.Read("question-answering", "faq.tsv", text);

        Assert.Equal(
            [ColumnPurpose.Question, ColumnPurpose.Context, ColumnPurpose.Answer, ColumnPurpose.AnswerIndex], dataset.Columns.Select(column => column.Purpose));
        Assert.Equal("questions", dataset.Columns[0].Reason);
    }

    [Fact]
    public void ATextThatNobodyFindsIsAskedFor()
    {
        using var files = new DataFiles();

        Assert.Equal(
            "No column of numbers.csv looks like the one for --text-col (the text). Name it with --text-col; the columns are 'label', 'size'.",
            files.Refusal("text-classification", "numbers.csv", DataFiles.Rows("label,size\n", "good,#\n") + DataFiles.Rows("", "bad,#\n")));
    }
}
