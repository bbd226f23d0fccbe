using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Data;

/// <summary>What rows are chosen, with the seeds and numbers that ML.NET 5.0.0 was seen to choose.</summary>
public sealed class RowSelectionTests
{
    private readonly MLContext _context = new(1);

    private IDataView Rows => _context.Data.LoadFromEnumerable(
        Enumerable.Range(0, 40).Select(i => new Row { Id = i, Group = "g" + (i % 7), Real = i * 0.5f, Key = (uint)i % 8 }));

    [Fact]
    public void Takes_and_skips()
    {
        Assert.Equal([0, 1, 2], Ids(_context.Data.TakeRows(Rows, 3)));
        Assert.Equal([37, 38, 39], Ids(_context.Data.SkipRows(Rows, 37)));
        Assert.Equal([2, 3], Ids(_context.Data.TakeRows(_context.Data.SkipRows(Rows, 2), 2)));
        Assert.Empty(Ids(_context.Data.SkipRows(Rows, 100)));
        var counted = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { Id = i }).ToList());
        Assert.Equal([3, 2, 5], new[]
        {
            _context.Data.TakeRows(counted, 3), _context.Data.SkipRows(counted, 3), _context.Data.TakeRows(counted, 30),
        }.Select(view => view.GetRowCount()));
        Assert.Equal("Must be greater than zero. (Parameter 'count')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.TakeRows(Rows, 0)));
    }

    [Fact]
    public void Filters_by_value()
    {
        Assert.Equal([4, 5], Ids(_context.Data.FilterRowsByColumn(Rows, "Real", lowerBound: 2, upperBound: 3)));
        Assert.Equal([38, 39], Ids(_context.Data.FilterRowsByColumn(Rows, "Real", lowerBound: 19)));
        // Eight keys: the first quarter are the first two.
        Assert.Equal([0, 1, 8, 9, 16, 17, 24, 25, 32, 33], Ids(_context.Data.FilterRowsByKeyColumnFraction(Rows, "Key", upperBound: 0.25)));
        // Only what is asked for is read, and the filter's own column.
        var view = _context.Data.FilterRowsByColumn(Rows, "Real", lowerBound: 19);
        using var cursor = view.GetRowCursor([view.Schema["Id"]]);
        Assert.False(cursor.IsColumnActive(view.Schema["Real"]));
        Assert.True(cursor.MoveNext());
        Assert.Equal(0, cursor.Position);
    }

    [Fact]
    public void Filters_by_missing_values()
    {
        var data = _context.Data.LoadFromEnumerable(new[]
        {
            new Sparse { Real = 1, Many = [1, 2], Key = 0 },
            new Sparse { Real = float.NaN, Many = [1, 2], Key = 1 },
            new Sparse { Real = 3, Many = [1, double.NaN], Key = 1 },
            new Sparse { Real = 4, Many = [0, 0], Key = 9 },
        });
        Assert.Equal([1f, 3, 4], _context.Data.FilterRowsByMissingValues(data, "Real").GetColumn<float>("Real"));
        Assert.Equal([1f, 4], _context.Data.FilterRowsByMissingValues(data, "Real", "Many").GetColumn<float>("Real"));
        Assert.Equal([1f, float.NaN, 3], _context.Data.FilterRowsByMissingValues(data, "Key").GetColumn<float>("Real"));
    }

    [Fact]
    public void Splits_at_random_by_the_seed()
    {
        var split = _context.Data.TrainTestSplit(Rows, 0.25);
        Assert.Equal([2, 10, 12, 13, 28, 33, 34, 35, 37], Ids(split.TestSet));
        Assert.Equal(Enumerable.Range(0, 40).Except(Ids(split.TestSet)), Ids(split.TrainSet));
        // Each cursor gives the same rows.
        Assert.Equal(Ids(split.TestSet), Ids(split.TestSet));
        Assert.Equal([1, 2, 15, 17, 21, 29, 33, 36, 37, 38], Ids(_context.Data.TrainTestSplit(Rows, 0.25, seed: 5).TestSet));
        Assert.Equal([5, 6, 18, 20, 28, 37], Ids(new MLContext().Data.TrainTestSplit(Rows, 0.25).TestSet));
        Assert.Equal(["Id", "Group", "Real", "Key"], split.TestSet.Schema.Select(column => column.Name));
    }

    [Fact]
    public void Rows_with_the_same_key_stay_together()
    {
        Assert.Equal([4, 11, 18, 25, 32, 39], Ids(_context.Data.TrainTestSplit(Rows, 0.3, "Group").TestSet));
        Assert.Equal([5, 12, 19, 26, 33], Ids(new MLContext().Data.TrainTestSplit(Rows, 0.3, "Group").TestSet));
        Assert.Equal([3, 4, 7, 23, 27, 31, 34], Ids(_context.Data.TrainTestSplit(Rows, 0.3, "Id", 3).TestSet));
        Assert.Equal(Enumerable.Range(0, 12), Ids(_context.Data.TrainTestSplit(Rows, 0.3, "Real").TestSet));
        Assert.Equal([0, 1, 8, 9, 16, 17, 24, 25, 32, 33], Ids(_context.Data.TrainTestSplit(Rows, 0.25, "Key").TestSet));
    }

    [Fact]
    public void Splits_into_folds()
    {
        var folds = _context.Data.CrossValidationSplit(Rows, 3);
        Assert.Equal(3, folds.Count);
        Assert.Equal([2, 9, 10, 12, 13, 14, 21, 28, 31, 33, 34, 35, 37], Ids(folds[0].TestSet));
        Assert.Equal([3, 5, 15, 17, 18, 19, 22, 25, 29, 30, 32, 39], Ids(folds[1].TestSet));
        Assert.All(folds, fold => Assert.Equal(40, Ids(fold.TrainSet).Union(Ids(fold.TestSet)).Count()));
        Assert.Equal([13, 13, 14], _context.Data.CrossValidationSplit(Rows, 3, "Real").Select(fold => Ids(fold.TestSet).Length));
    }

    [Fact]
    public void Shuffles_by_the_seed()
    {
        int[] expected =
        [
            0, 5, 1, 2, 4, 6, 3, 9, 10, 13, 8, 7, 16, 14, 18, 12, 20, 21, 11, 22, 15, 19, 24, 17, 27, 28, 23, 29, 31, 30, 26, 32, 33, 37, 25, 38, 34, 39, 35, 36,
        ];
        Assert.Equal(expected, Ids(_context.Data.ShuffleRows(Rows, 3, 5, shuffleSource: false)));
        Assert.Equal([23, 34, 4, 18, 37, 16, 2], Ids(_context.Data.ShuffleRows(Rows, 3)).Take(7));
        Assert.Equal(Enumerable.Range(0, 40), Ids(_context.Data.ShuffleRows(Rows)).Order());
        var view = _context.Data.ShuffleRows(Rows, 3);
        Assert.True(view.CanShuffle);
        Assert.Equal(Ids(view), Ids(view));
        // Values of one row stay together, vectors and all.
        Assert.All(_context.Data.CreateEnumerable<Row>(view, reuseRowObject: false), row => Assert.Equal("g" + (row.Id % 7), row.Group));
    }

    [Fact]
    public void Shuffles_by_the_seed_of_the_context()
    {
        int[] expected = [1, 4, 6, 2, 7, 0, 10, 3, 5, 13, 9, 14];
        Assert.Equal(expected, Ids(new MLContext(1).Data.ShuffleRows(Rows, null, 5, false)).Take(expected.Length));
    }

    [Fact]
    public void Draws_with_replacement()
    {
        Assert.Equal([0, 0, 1, 1, 2, 2, 2, 4, 7, 9, 10, 11, 11, 11], Ids(_context.Data.BootstrapSample(Rows, 1)).Take(14));
        Assert.Equal([3, 5, 6, 8, 14, 16, 17, 24, 26, 28, 29, 30, 31, 35, 37, 38], Ids(_context.Data.BootstrapSample(Rows, 1, complement: true)));
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal("Could not find SamplingKeyColumn column 'Nope' (Parameter 'samplingKeyColumn')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.TrainTestSplit(Rows, 0.3, "Nope")));
        Assert.Equal("Must be between 0 and 1 exclusive (Parameter 'testFraction')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.TrainTestSplit(Rows, 1)));
        Assert.Equal("Must be more than 1 (Parameter 'numberOfFolds')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.CrossValidationSplit(Rows, 1)));
        Assert.Equal("Column 'Id' does not have compatible type (Parameter 'Column')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.FilterRowsByColumn(Rows, "Id", 1)));
        Assert.Equal("Schema mismatch for filter column 'Group': expected number, got String (Parameter 'columnName')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.FilterRowsByColumn(Rows, "Group", 1)));
        Assert.Equal("Column 'Nope' not found (Parameter 'name')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.FilterRowsByColumn(Rows, "Nope", 1)));
        Assert.Equal("Column 'Group' has type String which does not support missing values, so we cannot filter on them (Parameter 'Columns')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.FilterRowsByMissingValues(Rows, "Group")));
        Assert.Equal("Source column 'Nope' not found (Parameter 'Columns')",
            StageCheck.Message<ArgumentOutOfRangeException>(() => _context.Data.FilterRowsByMissingValues(Rows, "Nope")));
    }

    private static int[] Ids(IDataView view) => [.. view.GetColumn<int>("Id")];

    private sealed class Row
    {
        public int Id { get; set; }

        public string Group { get; set; } = "";

        public float Real { get; set; }

        [KeyType(8)]
        public uint Key { get; set; }
    }

    private sealed class Sparse
    {
        public float Real { get; set; }

        [VectorType(2)]
        public double[] Many { get; set; } = [];

        [KeyType(3)]
        public uint Key { get; set; }
    }
}
