using Microsoft.ML;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

/// <summary>Native tensors are invisible to the garbage collector: what leaks shows in the resident memory alone.</summary>
public sealed class ResidentMemoryTests
{
    private const double AllowedGrowthMegabytes = 16;

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void TwoHundredTrainingStepsLeaveItFlat()
    {
        var memory = new MemoryByStep();
        using var model = Train(epochs: 30, memory);
        Assert.True(memory.Megabytes.Count > 200, $"{memory.Megabytes.Count} steps");
        AssertFlat(memory.Megabytes[50..250]);
    }

    [Fact]
    public void TwoThousandPredictionsLeaveItFlat()
    {
        using var model = Train(epochs: 1, null);
        using var engine = mlContext.Model.CreatePredictionEngine<StageRow, Prediction>(
            mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data()).Append(model));
        var rows = StageRow.Many();
        var memory = new List<double>();
        for (var i = 0; i < 2500; i++)
        {
            Assert.Equal(2, engine.Predict(rows[i % rows.Length]).Score.Length);
            memory.Add(ResidentMegabytes());
        }
        AssertFlat(memory[500..]);
    }

    /// <summary>The rows are made as they are read, and so are their features: forty thousand take no more room than ten thousand.</summary>
    [Fact]
    public void TransformTakesNoMoreRoomForMoreRows()
    {
        var rows = StageRow.Many(240);
        var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40_000).Select(index => rows[index % rows.Length]));
        using var model = mlContext.Transforms.Text.FeaturizeTextWithTransformer("Features", "Text", TinyFolders.Bert).Fit(data);
        var view = model.Transform(data);
        using var cursor = view.GetRowCursor([view.Schema["Features"]]);
        var read = VectorColumn.Reader(cursor, view.Schema["Features"]);
        var memory = new List<double>();
        while (cursor.MoveNext())
        {
            Assert.Equal(16, read().Length);
            if (cursor.Position > 5_000 && cursor.Position % 100 == 0)
                memory.Add(ResidentMegabytes());
        }
        Assert.Equal(349, memory.Count);
        AssertFlat(memory);
    }

    private static void AssertFlat(List<double> megabytes)
    {
        var early = megabytes[..(megabytes.Count / 4)].Average();
        var late = megabytes[^(megabytes.Count / 4)..].Average();
        Assert.True(late - early < AllowedGrowthMegabytes, $"Resident memory grew from {early:0} MB to {late:0} MB.");
    }

    private static double ResidentMegabytes() => Environment.WorkingSet / (1024.0 * 1024.0);

    private FineTunedTransformer Train(int epochs, IProgress<TrainingProgress>? progress) =>
        mlContext.MulticlassClassification.Trainers.TransformerTextClassification(new TextClassificationOptions
        {
            Model = StageCase.TinyModel with { HiddenSize = 64, InnerSize = 256 },
            VocabularySize = 100,
            BatchTokens = 128,
            Epochs = epochs,
            Progress = progress,
        }).Fit(mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Fit(Data()).Transform(Data()));

    private IDataView Data() => mlContext.Data.LoadFromEnumerable(StageRow.Many(240));

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class MemoryByStep : IProgress<TrainingProgress>
    {
        public List<double> Megabytes { get; } = [];

        public void Report(TrainingProgress value)
        {
            for (var step = Megabytes.Count; step < value.Step; step++)
                Megabytes.Add(ResidentMegabytes());
        }
    }
}
