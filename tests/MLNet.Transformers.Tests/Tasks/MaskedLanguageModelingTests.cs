using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tests;

public sealed class MaskedLanguageModelingTests
{
    /// <summary>Sentences that are seen often, so that their words are tokens.</summary>
    private static readonly string[] Corpus = [.. Enumerable.Repeat<string[]>(
    [
        "the sky is blue .", "the grass is green .", "the snow is white .", "the night is black .", "a dog says woof .", "a cat says meow .", "a cow says moo .", "a duck says quack .",
    ], 8).SelectMany(sentence => sentence)];

    private static readonly MaskedLanguageModelOptions Options = new()
    {
        Model = StageCase.TinyModel with { HiddenSize = 32, Layers = 2, Dropout = 0 },
        VocabularySize = 200,
        BatchTokens = 128,
        Epochs = 100,
        LearningRate = 1e-2,
        Seed = 1,
    };

    private readonly MLContext mlContext = new(seed: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FillsInTheObviousToken(bool wholeWords)
    {
        var model = Fit(Options with { WholeWords = wholeWords });
        var answers = Fill(model, "the sky is [MASK] .", "a [MASK] says meow .", "a duck [MASK] [MASK] .", "the grass is green .");
        Assert.Equal("blue", answers[0].Tokens[0]);
        Assert.Equal("the sky is blue.", answers[0].FilledText);
        Assert.Equal("cat", answers[1].Tokens[0]);
        Assert.Equal((10, "says", "quack"), (answers[2].Tokens.Length, answers[2].Tokens[0], answers[2].Tokens[5]));
        Assert.Equal("a duck says quack.", answers[2].FilledText);
        Assert.All(answers, answer => Assert.Equal(answer.Tokens.Length, answer.Scores.Length));
        Assert.All(answers[2].Scores.Chunk(5), scores => Assert.Equal(scores.OrderDescending(), scores));
        Assert.All(answers[2].Scores.Chunk(5), scores => Assert.InRange(scores.Sum(), 0.5, 1));
        Assert.Equal((0, "the grass is green."), (answers[3].Tokens.Length, answers[3].FilledText));
    }

    [Fact]
    public void ASavedFolderFillsMasksAndGoesOnLearning()
    {
        using var folder = new TemporaryFolder();
        var trained = Fit(Options);
        trained.SavePretrained(folder.Path);
        var opened = mlContext.LanguageModeling.FillMask(folder.Path, topTokens: 3).Fit(Data(""));
        var (expected, actual) = (Fill(trained, "the [MASK] is white ."), Fill(opened, "the [MASK] is white ."));
        Assert.Equal(expected[0].Tokens.Take(3), actual[0].Tokens);
        Assert.Equal(expected[0].Scores.Take(3), actual[0].Scores);

        var continued = Fit(Options with { PretrainedFolder = folder.Path, Epochs = 1, LearningRate = 1e-12, WeightDecay = 0, ValidationSet = Data(Corpus) });
        Assert.True(continued.TrainingResult!.Validation!.Metric > 0.9, $"guessed {continued.TrainingResult.Validation.Metric:P0}");
    }

    [Fact]
    public void AClassifierStartsFromAPretrainedFolder()
    {
        using var folder = new TemporaryFolder();
        var rows = StageRow.Many();
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var pretrained = mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(Options with { Epochs = 1, VocabularySize = 100 }).Fit(data);
        pretrained.SavePretrained(folder.Path);
        var labelled = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
        var classifier = mlContext.MulticlassClassification.Trainers.TransformerTextClassification(
            new TextClassificationOptions { PretrainedFolder = folder.Path, Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).Fit(labelled);
        Assert.Equal(["fruit", "tool"], classifier.Config.LabelNames);
        Assert.Equal(pretrained.Tokenizer.Vocabulary.Tokens, classifier.Tokenizer.Vocabulary.Tokens);
        var (before, after) = (Weights(folder.Path), Weights(Saved(classifier)));
        Assert.Equal(before.Keys.Where(name => name.StartsWith("encoder.", StringComparison.Ordinal)), after.Keys.Where(name => name.StartsWith("encoder.", StringComparison.Ordinal)));
        Assert.All(after.Where(pair => pair.Key.StartsWith("encoder.", StringComparison.Ordinal)), pair => Assert.All(before[pair.Key].Zip(pair.Value), values => Assert.Equal(values.First, values.Second, 1e-6)));

        string Saved(FineTunedTransformer transformer)
        {
            transformer.SavePretrained(folder.File("classifier"));
            return folder.File("classifier");
        }
    }

    [Theory]
    [InlineData(OrderObjective.NextSentence)]
    [InlineData(OrderObjective.SentenceOrder)]
    public void LearnsTheOrderOfTexts(OrderObjective objective)
    {
        using var folder = new TemporaryFolder();
        var bert = new BertConfig { HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 32, MaxLength = 32 };
        Fit(Options with { Model = bert, OrderObjective = objective, Epochs = 1 }).SavePretrained(folder.Path);
        var names = Weights(folder.Path).Keys;
        Assert.Contains("cls.seq_relationship.weight", names);
        Assert.Contains("bert.pooler.dense.weight", names);
        Assert.Contains("cls.predictions.transform.dense.weight", names);
        Assert.DoesNotContain("cls.predictions.decoder.weight", names);
    }

    /// <summary>RoBERTa's own tokenizer pads with 1, which is the unknown token of a vocabulary learnt here.</summary>
    [Fact]
    public void AModelFromScratchPadsAsItsTokenizerDoes()
    {
        var model = Fit(Options with { Model = new RobertaConfig { HiddenSize = 16, Layers = 1, Heads = 2, InnerSize = 32 }, Epochs = 1 });
        Assert.Equal(model.Tokenizer.PaddingTokenId, model.Config.PaddingId);
        Assert.Equal(0, model.Config.PaddingId);
        Assert.Equal(5, Fill(model, "the sky is [MASK] .")[0].Tokens.Length);
    }

    [Fact]
    public void EvaluatesGuesses()
    {
        var model = Fit(Options);
        var (seen, unseen) = (mlContext.LanguageModeling.Evaluate(model, Data(Corpus)), mlContext.LanguageModeling.Evaluate(model, Data("woof blue cat night a the .")));
        Assert.True(seen.Accuracy > 0.85, $"guessed {seen.Accuracy:P0}");
        Assert.Equal(Math.Exp(seen.Loss), seen.Perplexity, 1e-9);
        Assert.True(unseen.Perplexity > 2 * seen.Perplexity);
        Assert.Equal(seen, mlContext.LanguageModeling.Evaluate(model, Data(Corpus)));
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        float[] Scores(int seed) => [.. Fill(Fit(Options with { Epochs = 3, Seed = seed }), "the sky is [MASK] .")[0].Scores];
        Assert.Equal(Scores(1), Scores(1));
        Assert.NotEqual(Scores(1), Scores(2));
    }

    [Fact]
    public void LongTextsAreLearntFromPieceByPiece()
    {
        var tokenizer = new WordPieceTrainer { VocabularySize = 100 }.Train(Corpus).WithTruncation(new Truncation(8));
        using var model = new TextTaskModel(TextModel.ForClassification(StageCase.TinyModel with { LabelNames = ["a"] }), tokenizer, torch.CPU);
        var text = string.Join(' ', Corpus[..2]) + " [MASK]";
        var windows = new MaskableText(model).Windows(text);
        Assert.Equal([8, 7], windows.Select(window => window.Tokens.Length));
        Assert.Equal(10, windows.Sum(window => window.Words.Count(word => word >= 0)));
        Assert.Equal([-1, 1, 2, 3, 4, 5, 6, -1], windows[0].Words.Select(word => word < 0 ? -1 : word));
    }

    [Theory]
    [InlineData("One two. Three four.", "One two.", "Three four.")]
    [InlineData("One. Two three four five six! Seven", "One. Two three four five six!", "Seven")]
    [InlineData(" one  two three ", "one  two", "three")]
    [InlineData("word", null, null)]
    public void CutsATextNearItsMiddle(string text, string? first, string? second)
    {
        var halves = TextHalves.Of(text);
        Assert.Equal((first, second), (halves?.First, halves?.Second));
    }

    [Fact]
    public void NextSentencesAreBorrowedFromOtherRows()
    {
        var tokenizer = new WordPieceTrainer { VocabularySize = 100 }.Train(Corpus);
        using var model = new TextTaskModel(TextModel.ForClassification(StageCase.TinyModel with { LabelNames = ["a"] }), tokenizer, torch.CPU);
        var reader = new MaskedTextReader(new MaskableText(model), OrderObjective.NextSentence);
        Assert.Null(reader.Read("the sky is blue .").Single().Disordered);
        var second = reader.Read("a cat says meow .").Single();
        Assert.Equal("a cat says is blue .", tokenizer.Decode(second.Disordered!.Tokens.Ids, true).Replace(".", " .", StringComparison.Ordinal));
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1], second.Disordered.Tokens.TypeIds!);
        var swapped = new MaskedTextReader(new MaskableText(model), OrderObjective.SentenceOrder).Read("a cat says meow .").Single();
        Assert.Equal("meow . a cat says", tokenizer.Decode(swapped.Disordered!.Tokens.Ids, true).Replace(".", " .", StringComparison.Ordinal));
    }

    [Fact]
    public void NamesTheOptionThatCannotBe()
    {
        Assert.Contains("MaskingProbability", Refused(Options with { MaskingProbability = 0 }), StringComparison.Ordinal);
        Assert.Contains("ReplacedShare", Refused(Options with { MaskedShare = 0.8, ReplacedShare = 0.3 }), StringComparison.Ordinal);
        Assert.Contains("TopTokens", Refused(Options with { TopTokens = 0 }), StringComparison.Ordinal);
        Assert.Contains("TokenDropout", Refused(Options with { TokenDropout = 0.1 }), StringComparison.Ordinal);

        string Refused(MaskedLanguageModelOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => { mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(options); }).Message;
    }

    [Fact]
    public void AClassifiersFolderFillsNoMasks()
    {
        using var folder = new TemporaryFolder();
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var keyed = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(data).Transform(data);
        ((FineTunedTransformer)StageCase.Find("text classification").Estimator(mlContext).Fit(keyed)).SavePretrained(folder.Path);
        var missing = Assert.Throws<WeightMismatchException>(() => { mlContext.LanguageModeling.FillMask(folder.Path).Fit(Data("")); }).Missing;
        Assert.Contains("masked_language_model.transform.weight", missing);
    }

    private FineTunedTransformer Fit(MaskedLanguageModelOptions options) =>
        mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(options).Fit(Data(Corpus));

    private IDataView Data(params string[] texts) => mlContext.Data.LoadFromEnumerable(texts.Select(text => new StageRow { Text = text }));

    private Answer[] Fill(FineTunedTransformer model, params string[] texts) =>
        [.. mlContext.Data.CreateEnumerable<Answer>(model.Transform(Data(texts)), reuseRowObject: false)];

    private static Dictionary<string, float[]> Weights(string folder)
    {
        using var weights = PretrainedFolder.Open(folder).OpenWeights();
        return weights.Tensors.Keys.ToDictionary(name => name, name =>
        {
            using var tensor = weights.Read(name);
            return tensor.data<float>().ToArray();
        });
    }

    private sealed class Answer
    {
        public string[] Tokens { get; set; } = [];

        public float[] Scores { get; set; } = [];

        public string FilledText { get; set; } = "";
    }
}
