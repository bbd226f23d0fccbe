using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests.Tool.Scenarios;

/// <summary>A prediction engine takes a row as the data have it, of which it need not know the answer.</summary>
public sealed class PredictionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MLContext mlContext = new(seed: 1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AClassWithProbabilities()
    {
        var answer = Predict<ClassInput, ClassOutput>("text-classification", new() { Text = "apple pear" });
        Assert.Contains(answer.PredictedLabel, (string[])["fruit", "tool"]);
        Assert.Equal(1, answer.Score.Sum(), 1e-5f);
    }

    [Fact]
    public void HowAlikeTwoSentencesAre() =>
        Assert.InRange(Predict<PairInput, PairOutput>("sentence-similarity", new() { First = "apple pear", Second = "apple plum" }).Score, 0, 5);

    [Fact]
    public void ATagAWord()
    {
        var answer = Predict<WordsInput, WordsOutput>("named-entity-recognition", new() { Words = "take  the apple" });
        Assert.Equal(3, answer.PredictedLabel.Length);
        Assert.Equal(answer.EntityTexts.Length, answer.EntityTypes.Length);
    }

    [Fact]
    public void APieceOfTheText()
    {
        var answer = Predict<QuestionInput, QuestionOutput>("question-answering", new() { Question = "what lies there?", Context = "here lies apple pear" });
        Assert.Equal("here lies apple pear".Substring(answer.PredictedAnswerStart, answer.PredictedAnswer.Length), answer.PredictedAnswer);
        Assert.InRange(answer.Score, 0, 1);
    }

    [Fact]
    public void TheClassOfAnImage()
    {
        var test = ScenarioCase.Of("image-classification", folder);
        var image = new ImageInput { ImageSource = File.ReadAllBytes(folder.File(Path.Combine("light", "1.png"))) };
        Assert.Contains(Predict<ImageInput, ClassOutput>(test, image).PredictedLabel, (string[])["dark", "light"]);
    }

    [Fact]
    public void ATranslation() => Assert.NotNull(Predict<EnglishInput, EnglishOutput>("translation", new() { English = "apple pear" }).Translation);

    [Fact]
    public void WhatComesNext() => Assert.NotEqual("", Predict<TextInput, TextOutput>("text-generation", new() { Text = "once there" }).Continuation);

    private TOutput Predict<TInput, TOutput>(string command, TInput input)
        where TInput : class
        where TOutput : class, new() => Predict<TInput, TOutput>(ScenarioCase.Of(command, folder), input);

    private TOutput Predict<TInput, TOutput>(ScenarioCase test, TInput input)
        where TInput : class
        where TOutput : class, new()
    {
        using var engine = mlContext.Model.CreatePredictionEngine<TInput, TOutput>(test.Fit(mlContext));
        return engine.Predict(input);
    }

    private sealed class ClassInput
    {
        public string Text { get; set; } = "";

        public string Class { get; set; } = "";
    }

    private sealed class ClassOutput
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }

    private sealed class PairInput
    {
        public string First { get; set; } = "";

        public string Second { get; set; } = "";
    }

    private sealed class PairOutput
    {
        public float Score { get; set; }
    }

    private sealed class WordsInput
    {
        public string Words { get; set; } = "";

        public string Tags { get; set; } = "";
    }

    private sealed class WordsOutput
    {
        public string[] PredictedLabel { get; set; } = [];

        public string[] EntityTexts { get; set; } = [];

        public string[] EntityTypes { get; set; } = [];
    }

    private sealed class QuestionInput
    {
        public string Question { get; set; } = "";

        public string Context { get; set; } = "";
    }

    private sealed class QuestionOutput
    {
        public string PredictedAnswer { get; set; } = "";

        public int PredictedAnswerStart { get; set; }

        public float Score { get; set; }
    }

    private sealed class ImageInput
    {
        public byte[] ImageSource { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class EnglishInput
    {
        public string English { get; set; } = "";
    }

    private sealed class EnglishOutput
    {
        public string Translation { get; set; } = "";
    }

    private sealed class TextInput
    {
        public string Text { get; set; } = "";
    }

    private sealed class TextOutput
    {
        public string Continuation { get; set; } = "";
    }
}
