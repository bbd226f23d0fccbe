using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tests.Tool.Data;

public class ConversionTests
{
    private static string Squad(params object[] questions) => JsonSerializer.Serialize(new { version = "v2.0", data = new[] { new { title = "T", paragraphs = questions } } });

    private static object Paragraph(string context, params (string Question, string? Answer, int Start)[] questions) => new
    {
        context,
        qas = questions.Select(asked => new
        {
            question = asked.Question,
            answers = asked.Answer is null ? [] : new[] { new { text = asked.Answer, answer_start = asked.Start } },
        }),
    };

    [Fact]
    public void SquadBecomesATable()
    {
        using var files = new DataFiles();
        // In Python's count of characters the emoji is one; in C#'s it is two.
        var text = Squad(
            Paragraph("  Line one\nline \"two\"\tand 😀 Ada.", [.. Enumerable.Range(0, 9).Select(number => ($"Who {number}?", (string?)"Ada", 29))]),
            Paragraph("// Bob.", ("Who\nelse?", "Bob", 3), ("Nobody?", null, 0), ("Where?", "Bob", 0)));

        var dataset = files.Read("question-answering", "squad.json", text);

        Assert.Equal(files.Path(Path.Combine("out", "Probe", "Probe.data.tsv")), dataset.Path);
        Assert.Equal("squad.json is in the format of SQuAD; its rows were written as a table to out/Probe/Probe.data.tsv.", files.Short(Assert.Single(dataset.Notes)).Replace('\\', '/'));
        Assert.Equal(
        [
            "Questions without an answer: 1. The model learns to give none.",
            "Questions left out: 1. Their answers do not stand in the text where answer_start says.",
        ],
        dataset.Warnings.Take(2));
        var rows = dataset.Load(new());
        Assert.Equal((11, 11), (dataset.RowCount, rows.GetColumn<int>("AnswerIndex").Count()));
        Assert.Equal("  Line one line \"two\"\tand 😀 Ada.", rows.GetColumn<string>("Context").First());
        Assert.Equal(("Who else?", "// Bob."), (rows.GetColumn<string>("Question").ElementAt(9), rows.GetColumn<string>("Context").ElementAt(9)));
        foreach (var (context, answer, index) in rows.GetColumn<string>("Context").Zip(rows.GetColumn<string>("Answer"), rows.GetColumn<int>("AnswerIndex")).Take(10))
            Assert.Equal(answer, context.Substring(index, answer.Length));
        Assert.Equal(("", -1), (rows.GetColumn<string>("Answer").Last(), rows.GetColumn<int>("AnswerIndex").Last()));
    }

    [Theory]
    [InlineData("{\n\"data\": [}", "squad.json is not valid JSON: see line 2.")]
    [InlineData("{}", "squad.json is JSON, but not in the format of SQuAD: data, paragraphs, context, qas, question, answers, text, answer_start.")]
    [InlineData("{\"data\": 1}", "squad.json is JSON, but not in the format of SQuAD: data, paragraphs, context, qas, question, answers, text, answer_start.")]
    [InlineData("{\"data\": [{\"paragraphs\": [{\"context\": null, \"qas\": [{\"question\": 1, \"answers\": []}]}]}]}", "squad.json is JSON, but not in the format of SQuAD: data, paragraphs, context, qas, question, answers, text, answer_start.")]
    [InlineData("{\"data\": []}", "squad.json has no questions with answers.")]
    public void JsonThatIsNoSquadIsRefused(string text, string sentence)
    {
        using var files = new DataFiles();

        Assert.Equal(sentence, files.Refusal("question-answering", "squad.json", text));
    }

    [Fact]
    public void ConllBecomesATable()
    {
        using var files = new DataFiles();
        var text = "-DOCSTART- -X- O O\n\n" + DataFiles.Rows("", "Ada NNP I-NP B-person\nmet VBD I-VP O\n\"Bob\" NNP I-NP B-person\n// . O O\n\t\n");

        var dataset = files.Read("named-entity-recognition", "train.conll", text);

        Assert.Equal((12, "from its last column"), (dataset.RowCount, dataset[ColumnPurpose.Label].Reason[^20..]));
        var rows = dataset.Load(new());
        Assert.Equal(("Ada met \"Bob\" //", "B-person O B-person O"), (rows.GetColumn<string>("Text").Last(), rows.GetColumn<string>("Label").Last()));

        var phrases = files.Read("named-entity-recognition", "train.conll", text, (ColumnPurpose.Label, "2"), (ColumnPurpose.Text, "0"));
        Assert.Equal("I-NP I-VP I-NP O", phrases.Load(new()).GetColumn<string>("Label").Last());
    }

    [Fact]
    public void ConllWithoutATagIsNamedByItsLine()
    {
        using var files = new DataFiles();
        var text = DataFiles.Rows("", "Ada\tB-person\nsays\tO\n\n");

        Assert.Equal(
            "train.conll: line 37 must have a word and its tag, and has 1 of them: 'oops'.", files.Refusal("named-entity-recognition", "train.conll", text + "oops\n"));
        Assert.Equal(
            "--label-col tag: train.conll has a word and its tag a line and no header, so columns are numbers from 0.",
            files.Refusal("named-entity-recognition", "train.conll", text, (ColumnPurpose.Label, "tag")));
    }

    [Fact]
    public void LinesAreTexts()
    {
        using var files = new DataFiles();

        var dataset = files.Read("text-generation", "lines.txt", DataFiles.Rows("", " Line\t# says, \"hello\"\n"));

        Assert.Equal("lines.txt is a text a line; its rows were written as a table to out/Probe/Probe.data.tsv.", files.Short(Assert.Single(dataset.Notes)).Replace('\\', '/'));
        Assert.Equal(" Line\t11 says, \"hello\"", dataset.Load(new()).GetColumn<string>("Text").Last());
    }

    [Fact]
    public void ALongTextIsCutWhereParagraphsEnd()
    {
        using var files = new DataFiles();
        var paragraph = string.Concat(Enumerable.Repeat("All the world's a stage,\nAnd all the men\n", 5));
        var text = string.Concat(Enumerable.Range(0, 60).Select(number => $"Speaker {number}:\n{paragraph}\n"));

        var dataset = files.Read("text-generation", "play.txt", text);

        Assert.True(dataset.ReadMultilines);
        string[] rows = [.. dataset.Load(new()).GetColumn<string>("Text")];
        Assert.Equal(dataset.RowCount, rows.Length);
        Assert.All(rows.SkipLast(1), row => Assert.InRange(row.Length, 1000, 1300));
        Assert.All(rows, row => Assert.StartsWith("Speaker ", row));
        Assert.Equal(text.TrimEnd(), string.Join("\n\n", rows));
    }

    [Fact]
    public void ATableOfTextsStaysOne()
    {
        using var files = new DataFiles();

        var dataset = files.Read("text-generation", "poems.tsv", DataFiles.Rows("Text\tTitle\n", "A long poem on #, and more, and more\tOn #\n"));

        Assert.Equal((files.Path("poems.tsv"), "Text"), (dataset.Path, dataset[ColumnPurpose.Text].Name));
        Assert.Equal("Text", files.Read("text-generation", "poems.csv", DataFiles.Rows("Text\n", "A poem on #\n"))[ColumnPurpose.Text].Name);
    }

    [Fact]
    public void ValidationFilesAreConvertedToo()
    {
        using var files = new DataFiles();
        var job = files.Job("text-generation", files.Write("a.txt", DataFiles.Rows("", "Line #\n"))) with { ValidationPath = files.Write("b.txt", "One\nTwo\n") };

        var validation = DatasetReader.ReadValidation(job, DatasetReader.Read(job));

        Assert.Equal((files.Path(Path.Combine("out", "Probe", "Probe.validation.tsv")), 2), (validation!.Path, validation.RowCount));
    }

    [Fact]
    public void ValidationFilesMustBeOfTheSameFormat()
    {
        using var files = new DataFiles();
        var table = DataFiles.Rows("words\ttags\n", "Ada met #\tB-person O O\n") + "Nobody\tO\n";
        var job = files.Job("named-entity-recognition", files.Write("a.tsv", table)) with { ValidationPath = files.Write("b.conll", "Ada B-person\nsaid O\n\n") };
        var dataset = DatasetReader.Read(job);

        Assert.Equal(
            "b.conll must be in the same format as a.tsv, with the same columns.",
            files.Short(Assert.Throws<InputException>(() => DatasetReader.ReadValidation(job, dataset)).Message));
    }

    [Fact]
    public void AProjectFolderThatCannotBeWrittenIsNamed()
    {
        using var files = new DataFiles();
        files.Write("out", "a file");

        Assert.StartsWith("out/Probe/Probe.data.tsv cannot be written: ", files.Refusal("text-generation", "a.txt", DataFiles.Rows("", "Line #\n")).Replace('\\', '/'));
    }

    [SharedDataTheory]
    [InlineData("question-answering", "qa-xquad/xquad.en.json", 1190)]
    [InlineData("named-entity-recognition", "ner-wnut17/dev.conll", 1009)]
    public void PublishedFilesCanBeLearntFrom(string command, string file, int rows)
    {
        using var files = new DataFiles();
        var job = files.Job(command, SharedData.Path(file.Split('/')));

        var dataset = DatasetReader.Read(job);

        Assert.Equal(rows, dataset.RowCount);
        job.Scenario.Check(new(), new TrainingSetup(dataset, null, 1, null));
    }
}
