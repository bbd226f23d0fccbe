using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Stack.Tests.ML.Data;

public sealed class ColumnStageTests
{
    private readonly MLContext _context = new(1);

    private IDataView Rows => _context.Data.LoadFromEnumerable(new[]
    {
        new Row { Kind = "x", Real = 1, Vector = [1, float.NaN] },
        new Row { Kind = "y", Real = float.NaN, Vector = [3, 4] },
        new Row { Kind = "x", Real = 4, Vector = [5, 8] },
    });

    [Fact]
    public void Concatenated_columns_give_their_names_to_slots()
    {
        var pipeline = _context.Transforms.Categorical.OneHotEncoding("Hot", "Kind")
            .Append(_context.Transforms.Concatenate("All", "Real", "Hot", "Vector"));
        var all = StageCheck.Run(_context, pipeline, Rows);
        Assert.Equal("Vector<Single, 5>", all.Schema["All"].Type.ToString());
        Assert.Equal(["Real", "Hot.x", "Hot.y", "", ""], StageCheck.SlotNames(all, "All"));
        Assert.Equal([1, 1, 0, 1, float.NaN], StageCheck.Vectors<float>(all, "All")[0]);
        VBuffer<int> ranges = default;
        all.Schema["All"].Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        Assert.Equal([1, 2], ranges.DenseValues());
    }

    [Fact]
    public void Only_columns_of_one_type_go_together() =>
        Assert.Equal("Concatenated columns should have the same type. Column 'Kind' has type of String, but expected column type is Single.",
            StageCheck.Message<InvalidOperationException>(() =>
                _context.Transforms.Concatenate("All", "Real", "Kind").GetOutputSchema(StageCheck.ShapeOf(Rows))));

    [Fact]
    public void Selected_columns_are_what_is_left()
    {
        var pipeline = _context.Transforms.CopyColumns("Again", "Kind").Append(_context.Transforms.SelectColumns("Vector", "Again"));
        Assert.Equal(["Vector", "Again"], StageCheck.Run(_context, pipeline, Rows).Schema.Select(column => column.Name));
        var dropped = StageCheck.Run(_context, _context.Transforms.DropColumns("Real", "Vector"), Rows);
        Assert.Equal(["Kind"], dropped.Schema.Select(column => column.Name));
        Assert.Equal("Could not find input column 'Nope' (Parameter 'inputSchema')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Transforms.CopyColumns("Out", "Nope").Fit(Rows).Transform(Rows)));
    }

    [Theory]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.DefaultValue, 0, 0)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Mean, 2.5, 6)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Minimum, 1, 4)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Maximum, 4, 8)]
    [InlineData(MissingValueReplacingEstimator.ReplacementMode.Mode, 1, 4)]
    public void Missing_values_are_replaced(MissingValueReplacingEstimator.ReplacementMode mode, float real, float slot)
    {
        var replaced = StageCheck.Run(_context, _context.Transforms.ReplaceMissingValues([new("Real"), new("Vector")], mode), Rows);
        Assert.Equal([1, real, 4], replaced.GetColumn<float>("Real"));
        Assert.Equal([1, slot], StageCheck.Vectors<float>(replaced, "Vector")[0]);
    }

    [Fact]
    public void Missing_values_are_told()
    {
        var told = StageCheck.Run(_context, _context.Transforms.IndicateMissingValues([new("R", "Real"), new("V", "Vector")]), Rows);
        Assert.Equal([false, true, false], told.GetColumn<bool>("R"));
        Assert.Equal([false, true], StageCheck.Vectors<bool>(told, "V")[0]);
        Assert.Contains("Type 'String' is not supported", StageCheck.Message<ArgumentOutOfRangeException>(() =>
            _context.Transforms.ReplaceMissingValues("Kind").GetOutputSchema(StageCheck.ShapeOf(Rows))), StringComparison.Ordinal);
    }

    [Fact]
    public void One_hot_vectors_have_a_slot_a_value()
    {
        var hot = StageCheck.Run(_context, _context.Transforms.Categorical.OneHotEncoding("Hot", "Kind"), Rows);
        Assert.Equal(["x", "y"], StageCheck.SlotNames(hot, "Hot"));
        Assert.Equal([[1, 0], [0, 1], [1, 0]], StageCheck.Vectors<float>(hot, "Hot"));
        hot = StageCheck.Run(_context, _context.Transforms.Categorical.OneHotEncoding("Hot", "Kind", OneHotEncodingEstimator.OutputKind.Key), Rows);
        Assert.Equal([1u, 2, 1], hot.GetColumn<uint>("Hot"));
    }

    private sealed class Row
    {
        public string Kind { get; set; } = "";

        public float Real { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];
    }
}
