using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Stack.Tests.ML.Data;

namespace Stack.Tests.ML.Learning;

/// <summary>The columns and annotations are those of ML.NET 5.0.0, compiled from its sources, for the same pipelines.</summary>
public sealed class PredictionTests
{
    private readonly MLContext _context = new(1);

    private IDataView Multiclass => LearningRows.Multiclass(_context, 30);

    [Fact]
    public void Class_predictions_keep_promises_and_files()
    {
        var scored = StageCheck.Run(_context, _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), Multiclass);
        Assert.Equal("PredictedLabel:Key<UInt32, 0-2> ScoreColumnKind=MulticlassClassification ScoreValueKind=PredictedLabel KeyValues ScoreColumnSetId=1",
            Describe(scored.Schema["PredictedLabel"]));
        Assert.Equal("Score:Vector<Single, 3> ScoreColumnKind=MulticlassClassification ScoreColumnSetId=1 ScoreValueKind=Score TrainingLabelValues SlotNames",
            Describe(scored.Schema["Score"]));
        Assert.Equal(StageCheck.KeyValues(scored, "Label"), StageCheck.SlotNames(scored, "Score"));
        Assert.Equal(StageCheck.KeyValues(scored, "Label"), StageCheck.KeyValues(scored, "PredictedLabel"));
        Assert.Equal(scored.GetColumn<float[]>("Score").Select(scores => (uint)Array.IndexOf(scores, scores.Max()) + 1),
            scored.GetColumn<uint>("PredictedLabel"));
    }

    [Fact]
    public void Binary_predictions_keep_promises_and_files()
    {
        var scored = StageCheck.Run(_context, _context.BinaryClassification.Trainers.LbfgsLogisticRegression(), LearningRows.Binary(_context));
        Assert.Equal("PredictedLabel:Boolean ScoreColumnKind=BinaryClassification ScoreValueKind=PredictedLabel ScoreColumnSetId=1",
            Describe(scored.Schema["PredictedLabel"]));
        Assert.Equal("Score:Single ScoreColumnKind=BinaryClassification ScoreColumnSetId=1 ScoreValueKind=Score", Describe(scored.Schema["Score"]));
        Assert.Equal("Probability:Single ScoreColumnKind=BinaryClassification ScoreColumnSetId=1 IsNormalized=True ScoreValueKind=Probability",
            Describe(scored.Schema["Probability"]));
    }

    [Fact]
    public void A_second_prediction_is_told_from_the_first()
    {
        var model = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Multiclass);
        Assert.EndsWith("ScoreColumnSetId=2", Describe(model.Transform(model.Transform(Multiclass)).Schema["PredictedLabel"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_numbers_come_back_as_numbers()
    {
        var rows = _context.Data.LoadFromEnumerable(LearningRows.MulticlassRows(30)
            .Select(row => new NumberRow { Label = 10 * (row.Label[^1] - '0'), Features = row.Features }));
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var scored = StageCheck.Run(_context, pipeline, rows);
        Assert.Equal("Score:Vector<Single, 3> ScoreColumnKind=MulticlassClassification ScoreColumnSetId=1 ScoreValueKind=Score TrainingLabelValues",
            Describe(scored.Schema["Score"]));
        Assert.All(scored.GetColumn<int>("PredictedLabel"), label => Assert.True(label is 0 or 10 or 20));
    }

    [Fact]
    public void One_model_serves_several_cursors_and_engines()
    {
        var rows = LearningRows.MulticlassRows(30);
        var data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        var expected = model.Transform(data).GetColumn<float[]>("Score").ToArray();
        var found = new float[4][][];
        Parallel.For(0, found.Length, i =>
        {
            var options = new PredictionEngineOptions { OwnsTransformer = false };
            using var engine = _context.Model.CreatePredictionEngine<LearningRows.MulticlassRow, Prediction>(model, options);
            found[i] = [.. rows.Select(row => engine.Predict(row).Score)];
        });
        Assert.All(found, scores => Assert.Equal(expected, scores));
    }

    [Fact]
    public void A_loaded_model_is_of_the_same_kind()
    {
        var multiclass = Reload(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Multiclass), Multiclass.Schema);
        var maximumEntropy = Assert.IsType<MulticlassPredictionTransformer<MaximumEntropyModelParameters>>(multiclass);
        Assert.Equal(("Features", "Vector<Single, 6>"), (maximumEntropy.FeatureColumnName, maximumEntropy.FeatureColumnType.ToString()));
        var data = LearningRows.Binary(_context);
        var binary = Reload(_context.BinaryClassification.ChangeModelThreshold(
            _context.BinaryClassification.Trainers.LbfgsLogisticRegression().Fit(data), 1), data.Schema);
        Assert.IsType<BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>>(binary);
        var scored = binary.Transform(data);
        Assert.Equal(scored.GetColumn<float>("Score").Select(score => score > 1), scored.GetColumn<bool>("PredictedLabel"));
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        using var file = new MemoryStream();
        _context.Model.Save(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Multiclass), Multiclass.Schema, file);
        using var half = new MemoryStream(file.ToArray()[..((int)file.Length / 2)]);
        Assert.ThrowsAny<Exception>(() => _context.Model.Load(half, out _));
    }

    [Fact]
    public void Disposing_twice_is_allowed()
    {
        var model = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Multiclass);
        model.Dispose();
        model.Dispose();
    }

    [Fact]
    public void Features_of_the_wrong_kind_are_named()
    {
        var model = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(Multiclass);
        var none = _context.Transforms.DropColumns("Features").Fit(Multiclass).Transform(Multiclass);
        Assert.Equal("Features column 'Feature' not found (Parameter 'schema')",
            Assert.Throws<ArgumentOutOfRangeException>("schema", () => model.Transform(none)).Message);
        Assert.Equal("Could not find feature column 'Features' (Parameter 'inputSchema')",
            Assert.Throws<ArgumentOutOfRangeException>("inputSchema", () => model.GetOutputSchema(none.Schema)).Message);
        var five = LearningRows.Binary(_context);
        Assert.Equal("Incompatible features column type: 'Vector<Single, 5>' vs 'Vector<Single, 6>'",
            Assert.Throws<InvalidOperationException>(() => model.Transform(five)).Message);
    }

    private ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        using var file = new MemoryStream();
        _context.Model.Save(model, schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    private static string Describe(DataViewSchema.Column column) =>
        string.Join(" ", column.Annotations.Schema.Select(annotation => annotation.Name + ValueOf(column, annotation)).Prepend($"{column.Name}:{column.Type}"));

    private static string ValueOf(DataViewSchema.Column column, DataViewSchema.Column annotation) => annotation.Type switch
    {
        TextDataViewType => $"={Value<ReadOnlyMemory<char>>(column, annotation)}",
        BooleanDataViewType => $"={Value<bool>(column, annotation)}",
        KeyDataViewType => $"={Value<uint>(column, annotation)}",
        _ => "",
    };

    private static T Value<T>(DataViewSchema.Column column, DataViewSchema.Column annotation)
    {
        T value = default!;
        column.Annotations.GetValue(annotation.Name, ref value);
        return value;
    }

    private sealed class NumberRow
    {
        public int Label { get; set; }

        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
