using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Stack.Tests.ML.Learning;

/// <summary>What a trainer refuses, in the words of ML.NET 5.0.0, compiled from its sources.</summary>
public sealed class TrainerInputTests
{
    private readonly MLContext _context = new(1);

    private MulticlassClassificationCatalog.MulticlassClassificationTrainers Trainers => _context.MulticlassClassification.Trainers;

    [Theory]
    [InlineData("Nope", "Vector", null, "Could not find label column 'Nope'", "inputSchema")]
    [InlineData("Text", "Vector", null, "Schema mismatch for label column 'Text': expected Key<UInt32>, got String", "labelCol")]
    [InlineData("Key", "Nope", null, "Could not find feature column 'Nope'", "inputSchema")]
    [InlineData("Key", "Variable", null, "Schema mismatch for feature column 'Variable': expected Vector<Single>, got VarVector<Single>", "inputSchema")]
    [InlineData("Key", "Number", null, "Schema mismatch for feature column 'Number': expected Vector<Single>, got Single", "inputSchema")]
    [InlineData("Key", "Vector", "Nope", "Could not find weight column 'Nope'", "inputSchema")]
    [InlineData("Key", "Vector", "Text", "Schema mismatch for weight column 'Text': expected Single, got String", "inputSchema")]
    public void Columns_of_the_wrong_kind_are_named(string label, string features, string? weight, string message, string parameter)
    {
        var trainer = Trainers.LbfgsMaximumEntropy(label, features, weight);
        var data = Rows(new Row());
        Assert.Equal($"{message} (Parameter '{parameter}')", Assert.Throws<ArgumentOutOfRangeException>(parameter, () => trainer.Fit(data)).Message);
        var pipeline = _context.Transforms.CopyColumns("Copy", "Text").Append(trainer);
        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => pipeline.Fit(data));
    }

    [Fact]
    public void Binary_labels_are_boolean() =>
        Assert.Equal("Schema mismatch for label column 'Number': expected Boolean, got Single (Parameter 'labelCol')",
            Assert.Throws<ArgumentOutOfRangeException>("labelCol",
                () => _context.BinaryClassification.Trainers.LbfgsLogisticRegression("Number", "Vector").Fit(Rows(new Row()))).Message);

    [Fact]
    public void Options_out_of_range_are_named()
    {
        Throws("L1Regularization", "Must be non-negative", options => options.L1Regularization = -1);
        Throws("L2Regularization", "Must be non-negative", options => options.L2Regularization = -1);
        Throws("OptimizationTolerance", "Must be positive", options => options.OptimizationTolerance = 0);
        Throws("HistorySize", "Must be positive", options => options.HistorySize = 0);
        Throws("MaximumNumberOfIterations", "Must be positive", options => options.MaximumNumberOfIterations = 0);
        Throws("NumberOfThreads", "Must be positive (or empty for default)", options => options.NumberOfThreads = 0);

        void Throws(string parameter, string message, Action<LbfgsMaximumEntropyMulticlassTrainer.Options> change)
        {
            var options = new LbfgsMaximumEntropyMulticlassTrainer.Options();
            change(options);
            Assert.Equal($"{message} (Parameter '{parameter}')",
                Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Trainers.LbfgsMaximumEntropy(options)).Message);
        }
    }

    [Fact]
    public void Data_without_a_row_to_learn_from_are_refused()
    {
        const string message = "No valid training instances found, all instances have missing features.";
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Fit()).Message);
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Fit(new Row { Vector = [float.NaN, 1] })).Message);
        // Keys from objects count from 0, and 9 is none of three.
        Assert.Equal(message, Assert.Throws<InvalidOperationException>(() => Fit(new Row { Key = 9 })).Message);

        void Fit(params Row[] rows) => Trainers.LbfgsMaximumEntropy("Key", "Vector").Fit(Rows(rows));
    }

    [Fact]
    public void A_single_row_is_enough()
    {
        var data = Rows(new Row { Key = 1, Vector = [1, 0] });
        var scores = Trainers.LbfgsMaximumEntropy("Key", "Vector").Fit(data).Transform(data).GetColumn<float[]>("Score").Single();
        Assert.Equal(1, Array.IndexOf(scores, scores.Max()));
    }

    [Fact]
    public void Trainers_say_what_they_need()
    {
        Assert.True(Trainers.LbfgsMaximumEntropy().Info.NeedNormalization);
        Assert.True(Trainers.LbfgsMaximumEntropy().Info.WantCaching);
        Assert.Equal(("Features", "Label"), (Trainers.LbfgsMaximumEntropy().FeatureColumn.Name, Trainers.LbfgsMaximumEntropy().LabelColumn.Name));
    }

    private IDataView Rows(params Row[] rows) => _context.Data.LoadFromEnumerable(rows);

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = new float[2];

        public float[] Variable { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }
    }
}
