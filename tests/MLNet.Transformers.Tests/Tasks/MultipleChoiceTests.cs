using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class MultipleChoiceTests
{
    private static readonly MultipleChoiceOptions Options = new()
    {
        Model = StageCase.TinyModel,
        VocabularySize = 300,
        BatchTokens = 512,
        Epochs = 20,
        LearningRate = 1e-2,
        TokenDropout = 0,
    };

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void LearnsWhichChoiceSuits()
    {
        var model = mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(Options).Fit(Data(Exercise.Many(300)));
        var metrics = mlContext.MulticlassClassification.Evaluate(model.Transform(Data(Exercise.Many(60, seed: 5))));
        Assert.True(metrics.MicroAccuracy > 0.95, $"accuracy {metrics.MicroAccuracy}");
        using var engine = mlContext.Model.CreatePredictionEngine<Exercise, Answer>(model);
        var answer = engine.Predict(new Exercise { Prompt = "fruit", Choices = ["saw", "wolf", "plum"] });
        Assert.Equal(3u, answer.PredictedLabel);
        Assert.Equal(1, answer.Score.Sum(), 1e-5f);
    }

    /// <summary>Choices in columns of their own, and a label in words.</summary>
    [Fact]
    public void TakesAColumnAChoice()
    {
        var rows = Exercise.Many(300).Select(exercise => new Columns
        {
            Prompt = exercise.Prompt,
            A = exercise.Choices[0],
            B = exercise.Choices[1],
            C = exercise.Choices[2],
            Right = "ABC"[(int)exercise.Label].ToString(),
        }).ToArray();
        var data = mlContext.Data.LoadFromEnumerable(rows);
        var byColumns = mlContext.Transforms.Conversion.MapValueToKey("Label", "Right", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(Options with { ChoiceColumnNames = ["A", "B", "C"] }))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(data);
        using var engine = mlContext.Model.CreatePredictionEngine<Columns, Named>(byColumns);
        Assert.Equal("B", engine.Predict(new Columns { Prompt = "tool", A = "pear", B = "hammer", C = "cat" }).PredictedLabel);
        VBuffer<ReadOnlyMemory<char>> names = default;
        byColumns.GetOutputSchema(data.Schema)["Score"].GetSlotNames(ref names);
        Assert.Equal(["A", "B", "C"], names.DenseValues().Select(name => name.ToString()));

        // The order in which columns are named is the order of the choices, and nothing else.
        var together = mlContext.Transforms.Concatenate("Choices", "A", "B", "C").Append(mlContext.Transforms.Conversion.MapValueToKey(
            "Label", "Right", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue));
        var concatenated = together.Fit(data).Transform(data);
        var byVector = mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(Options with { Seed = 3, Epochs = 2 }).Fit(concatenated);
        var again = mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(Options with { Seed = 3, Epochs = 2, ChoiceColumnNames = ["A", "B", "C"] }).Fit(concatenated);
        Assert.Equal(VectorColumn.ReadAll(byVector.Transform(concatenated), "Score"), VectorColumn.ReadAll(again.Transform(concatenated), "Score"));
    }

    [Fact]
    public void NamesTheRowThatNothingCanBeLearntFrom()
    {
        var rows = Exercise.Many(10);
        rows[3].Choices = ["saw", "plum"];
        Assert.Contains("Row 3 has 2 choices in 'Choices' instead of 3", Assert.Throws<ArgumentException>(() => { Fit(Data(rows)); }).Message);
        rows = Exercise.Many(10);
        rows[3].Label = 3;
        Assert.Contains("Row 3 has no right choice: the key in 'Label' is 0", Assert.Throws<ArgumentException>(() => { Fit(Data(rows)); }).Message);
        var two = mlContext.Transforms.Concatenate("Choices", "Prompt", "Prompt").Fit(Data(rows)).Transform(Data(rows));
        Assert.Contains("'Label' has 3 keys for the 2 choices in 'Choices'", Assert.Throws<ArgumentException>(() => { Fit(two); }).Message);
    }

    private void Fit(IDataView data) => mlContext.MulticlassClassification.Trainers.TransformerMultipleChoice(Options).Fit(data);

    private IDataView Data(IEnumerable<Exercise> rows) => mlContext.Data.LoadFromEnumerable(rows);

    private sealed class Exercise
    {
        private static readonly Dictionary<string, string[]> Kinds = new()
        {
            ["fruit"] = ["apple", "pear", "plum"],
            ["tool"] = ["hammer", "saw", "chisel"],
            ["animal"] = ["cat", "dog", "wolf"],
        };

        public string Prompt { get; set; } = "";

        public string[] Choices { get; set; } = [];

        /// <summary>A member counts its keys from 0, a column from 1.</summary>
        [KeyType(3)]
        public uint Label { get; set; }

        /// <summary>One choice of each kind, and the kind that is asked for.</summary>
        public static Exercise[] Many(int count, int seed = 1)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                var kinds = Kinds.Keys.ToArray();
                random.Shuffle(kinds);
                var right = random.Next(3);
                return new Exercise
                {
                    Prompt = kinds[right],
                    Choices = [.. kinds.Select(kind => Kinds[kind][random.Next(3)])],
                    Label = (uint)right,
                };
            })];
        }
    }

    private sealed class Columns
    {
        public string Prompt { get; set; } = "";

        public string A { get; set; } = "";

        public string B { get; set; } = "";

        public string C { get; set; } = "";

        public string Right { get; set; } = "A";
    }

    private sealed class Named
    {
        public string PredictedLabel { get; set; } = "";
    }

    private sealed class Answer
    {
        public uint PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
