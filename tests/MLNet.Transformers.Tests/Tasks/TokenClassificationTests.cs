using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class TokenClassificationTests
{
    private static readonly TokenClassificationOptions Options = new()
    {
        Model = StageCase.TinyModel,
        VocabularySize = 300,
        TextColumnName = "Words",
        BatchTokens = 256,
        Epochs = 30,
        LearningRate = 1e-2,
        TokenDropout = 0,
    };

    private readonly MLContext mlContext = new(seed: 1);

    [Theory]
    [InlineData(AggregationStrategy.First, WordAlignment.First)]
    [InlineData(AggregationStrategy.Average, WordAlignment.All)]
    [InlineData(AggregationStrategy.Max, WordAlignment.All)]
    [InlineData(AggregationStrategy.Simple, WordAlignment.All)]
    public void LearnsToFindNames(AggregationStrategy aggregation, WordAlignment alignment)
    {
        // Too small a vocabulary for whole words: most are of several tokens.
        var data = Data(Sentence.Many(200));
        var model = Pipeline(Options with { Aggregation = aggregation, WordAlignment = alignment, VocabularySize = 60 }).Fit(data);
        var metrics = mlContext.TokenClassification.Evaluate(model.Transform(Data(Sentence.Many(50, seed: 9))));
        Assert.True(metrics.Micro.F1 > 0.95, $"F1 {metrics.Micro.F1}");
        Assert.Equal(["city", "person"], metrics.ByType.Keys);
    }

    [Fact]
    public void EntitiesStandWhereTheirOffsetsSay()
    {
        var model = Pipeline(Options).Fit(Data(Sentence.Many(200)));
        using var engine = mlContext.Model.CreatePredictionEngine<Sentence, Answer>(model);
        var answer = engine.Predict(new Sentence { Words = ["👋🏽", "Ada", "Smith", "lives", "in", "東京", "now", "", "𝒵ed", "Paris"] });
        var text = "👋🏽 Ada Smith lives in 東京 now  𝒵ed Paris";
        Assert.Equal(text.Split(' '), answer.WordStarts.Zip(answer.WordLengths, text.Substring));
        Assert.Equal(10, answer.PredictedLabel.Length);
        Assert.Equal(10 * 5, answer.Score.Length);
        Assert.Contains("person: Ada Smith", answer.Entities);
        Assert.Contains("city: Paris", answer.Entities);
        Assert.All(answer.EntityTexts.Index(), entity =>
            Assert.Equal(entity.Item, text.Substring(answer.EntityStarts[entity.Index], answer.EntityLengths[entity.Index])));
        Assert.All(answer.EntityScores, score => Assert.InRange(score, 0, 1.000001f));
    }

    /// <summary>What is learnt from words finds its way in a text, where the tokenizer tells words.</summary>
    [Fact]
    public void TakesATextForWords()
    {
        var model = Pipeline(Options).Fit(Data(Sentence.Many(200))).LastTransformer;
        using var engine = mlContext.Model.CreatePredictionEngine<Plain, Answer>(model);
        var text = "  😀 (Ada Smith) lives in\tParis, 東京.  ";
        var answer = engine.Predict(new Plain { Words = text });
        Assert.Contains("person: Ada Smith", answer.Entities);
        Assert.Contains("city: Paris", answer.Entities);
        Assert.Equal(
            ["😀", "(", "Ada", "Smith", ")", "lives", "in", "Paris", ",", "東", "京", "."],
            answer.WordStarts.Zip(answer.WordLengths, text.Substring));
        Assert.Equal(12, answer.PredictedLabel.Length);
        Assert.All(answer.EntityTexts.Index(), entity =>
            Assert.Equal(entity.Item, text.Substring(answer.EntityStarts[entity.Index], answer.EntityLengths[entity.Index])));
        Assert.Empty(engine.Predict(new Plain { Words = "" }).Entities);
        Assert.Empty(engine.Predict(new Plain { Words = " \t" }).EntityStarts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(null)]
    public void LongSentencesGoThroughInWindows(int? stride)
    {
        var model = Pipeline(Options with { MaxLength = 16, Stride = stride }).Fit(Data(Sentence.Many(300).Chunk(3).Select(Sentence.Join)));
        var words = Enumerable.Repeat(new[] { "today", "Ada", "Smith", "lives", "in", "Paris", "again" }, 20).SelectMany(part => part).ToArray();
        using var engine = mlContext.Model.CreatePredictionEngine<Sentence, Answer>(model);
        var answer = engine.Predict(new Sentence { Words = words });
        Assert.Equal(words.Length, answer.PredictedLabel.Length);
        Assert.Equal(40, answer.Entities.Count());
        Assert.Equal(20, answer.Entities.Count(entity => entity == "person: Ada Smith"));
    }

    [Fact]
    public void ReadsBilouAndPlainTags()
    {
        var bilou = Sentence.Many(200);
        foreach (var sentence in bilou)
            sentence.Tags = [.. sentence.Tags.Select((tag, index) => (tag[0], index + 1 < sentence.Tags.Length && sentence.Tags[index + 1][0] == 'I') switch
            {
                ('B', false) => "U" + tag[1..],
                ('I', false) => "L" + tag[1..],
                _ => tag,
            })];
        Assert.Contains("person: Ada Smith", Entities(bilou));
        var plain = Sentence.Many(200);
        foreach (var sentence in plain)
            sentence.Tags = [.. sentence.Tags.Select(tag => tag[(tag.IndexOf('-', StringComparison.Ordinal) + 1)..])];
        Assert.Contains("person: Ada Smith", Entities(plain));
    }

    /// <summary>Vectors of a known width and any height go through files like others.</summary>
    [Fact]
    public void ScoresAreSavedAndReadBack()
    {
        var data = Data(Sentence.Many(20));
        var scored = Pipeline(Options with { Epochs = 1 }).Fit(data).Transform(data);
        Assert.Equal([0, 5], ((VectorDataViewType)scored.Schema["Score"].Type).Dimensions.ToArray());
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder.File("scored.idv")))
            mlContext.Data.SaveAsBinary(scored, stream);
        var read = mlContext.Data.LoadFromBinary(folder.File("scored.idv"));
        Assert.Equal(VectorColumn.ReadAll(scored, "Score"), VectorColumn.ReadAll(read, "Score"));
        Assert.Equal(scored.GetColumn<string[]>("EntityTexts").SelectMany(texts => texts), read.GetColumn<string[]>("EntityTexts").SelectMany(texts => texts));
        Assert.Equal(mlContext.TokenClassification.Evaluate(scored).Micro, mlContext.TokenClassification.Evaluate(read).Micro);
    }

    [Theory]
    [InlineData("Row 3 has 2 words in 'Words' and 1 tags in 'Label'", new[] { "Ada", "runs" }, new[] { "O" })]
    [InlineData("Row 3 has no words in 'Words'", new string[0], new string[0])]
    [InlineData("Row 3 has no tag for word 1, 'runs': the key in 'Label' is 0", new[] { "Ada", "runs" }, new[] { "B-person", "X" })]
    public void NamesTheRowThatNothingCanBeLearntFrom(string expected, string[] words, string[] tags)
    {
        var sentences = Sentence.Many(10);
        var mapping = mlContext.Transforms.Conversion.MapValueToKey("Label", "Tags").Fit(Data(sentences));
        (sentences[3].Words, sentences[3].Tags) = (words, tags);
        var trainer = mlContext.TokenClassification.Trainers.TransformerTokenClassification(Options);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => { trainer.Fit(mapping.Transform(Data(sentences))); }).Message);
    }

    [Fact]
    public void RefusesASingleTagAndTagsOfAnotherScheme()
    {
        var sentences = Sentence.Many(10);
        var mapping = mlContext.Transforms.Conversion.MapValueToKey("Label", "Tags").Fit(Data(sentences));
        foreach (var sentence in sentences)
            sentence.Tags = [.. sentence.Tags.Select(_ => "O")];
        var trainer = mlContext.TokenClassification.Trainers.TransformerTokenClassification(Options);
        Assert.Contains("All words of the training set have the tag 'O' in 'Label'", Assert.Throws<ArgumentException>(() => { trainer.Fit(mapping.Transform(Data(sentences))); }).Message);
        Assert.Contains("none of the scheme Bilou", Assert.Throws<ArgumentException>(() =>
        {
            Pipeline(Options with { Scheme = TaggingScheme.Bilou }).Fit(Data([new Sentence { Words = ["a", "b"], Tags = ["X-a", "O"] }]));
        }).Message);
    }

    private IEnumerable<string> Entities(IEnumerable<Sentence> training)
    {
        using var engine = mlContext.Model.CreatePredictionEngine<Sentence, Answer>(Pipeline(Options).Fit(Data(training)));
        return engine.Predict(new Sentence { Words = ["today", "Ada", "Smith", "lives", "in", "Paris"] }).Entities;
    }

    private IDataView Data(IEnumerable<Sentence> sentences) => mlContext.Data.LoadFromEnumerable(sentences);

    private EstimatorChain<FineTunedTransformer> Pipeline(TokenClassificationOptions options) => mlContext.Transforms.Conversion.MapValueToKey("Label", "Tags")
        .Append(mlContext.TokenClassification.Trainers.TransformerTokenClassification(options));

    private sealed class Plain
    {
        public string Words { get; set; } = "";
    }

    private sealed class Sentence
    {
        public string[] Words { get; set; } = [];

        public string[] Tags { get; set; } = [];

        public static Sentence Join(Sentence[] sentences) =>
            new() { Words = [.. sentences.SelectMany(sentence => sentence.Words)], Tags = [.. sentences.SelectMany(sentence => sentence.Tags)] };

        /// <summary>Sentences with persons of one name or two and with cities, of words that are never anything else.</summary>
        public static Sentence[] Many(int count, int seed = 1)
        {
            var random = new Random(seed);
            string One(params string[] choices) => choices[random.Next(choices.Length)];
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                List<(string Word, string Tag)> words = [(One("today", "perhaps", "yesterday"), "O"), (One("Ada", "Zed", "Mary"), "B-person")];
                if (random.Next(2) == 0)
                    words.Add((One("Smith", "Jones"), "I-person"));
                words.AddRange([(One("lives", "works"), "O"), (One("in", "near"), "O"), (One("Paris", "London", "Oslo"), "B-city")]);
                if (random.Next(3) == 0)
                    words.Add((One("City"), "I-city"));
                words.AddRange(Enumerable.Range(0, random.Next(3)).Select(_ => (One("again", "often", "now"), "O")));
                return new Sentence { Words = [.. words.Select(word => word.Word)], Tags = [.. words.Select(word => word.Tag)] };
            })];
        }
    }

    private sealed class Answer
    {
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];

        public int[] WordStarts { get; set; } = [];

        public int[] WordLengths { get; set; } = [];

        public string[] EntityTypes { get; set; } = [];

        public string[] EntityTexts { get; set; } = [];

        public int[] EntityStarts { get; set; } = [];

        public int[] EntityLengths { get; set; } = [];

        public float[] EntityScores { get; set; } = [];

        public IEnumerable<string> Entities => EntityTypes.Zip(EntityTexts, (type, text) => $"{type}: {text}");
    }
}
