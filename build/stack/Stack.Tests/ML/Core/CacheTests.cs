using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public class CacheTests
{
    private readonly MLContext _ml = new(1);
    private readonly Row[] _rows = [.. Enumerable.Range(0, 200).Select(i => new Row(i))];

    private IDataView Source => _ml.Data.LoadFromEnumerable(_rows);

    [Fact]
    public void EachColumnIsReadOnce()
    {
        var cache = _ml.Data.Cache(Source);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Enumerable.Range(0, 200), cache.GetColumn<int>("Number"));
        Assert.All(_rows, row => Assert.Equal((1, 0), (row.NumberReads, row.TextReads)));
        Assert.Equal(["0", "1"], cache.GetColumn<string>("Text").Take(2));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => new[] { i, i + 1f }), cache.GetColumn<float[]>("Values"));
        Assert.All(_rows, row => Assert.Equal(1, row.NumberReads));
    }

    [Fact]
    public void TheNumberOfRowsIsKnownOnceTheyWereRead()
    {
        var cache = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(_rows.Where(row => row.Index >= 0)));
        Assert.Null(cache.GetRowCount());
        Assert.Equal(200, cache.GetColumn<int>("Number").Count());
        Assert.Equal(200, cache.GetRowCount());
    }

    [Fact]
    public void ShufflingMovesTheRowsWithTheirIds()
    {
        var cache = _ml.Data.Cache(Source);
        Assert.True(cache.CanShuffle);
        var (first, ids) = Read(cache.GetRowCursor([cache.Schema["Number"]], new Random(3)), cache.Schema["Number"]);
        Assert.NotEqual(Enumerable.Range(0, 200), first);
        Assert.Equal(Enumerable.Range(0, 200), first.Order());
        Assert.Equal(first.Select(number => new DataViewRowId((ulong)number, 0)), ids);
        Assert.Equal(first, Read(cache.GetRowCursor([cache.Schema["Number"]], new Random(3)), cache.Schema["Number"]).Numbers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void ASetOfCursorsSharesTheRows(int cursors)
    {
        var cache = _ml.Data.Cache(Source);
        var number = cache.Schema["Number"];
        var set = cache.GetRowCursorSet([number], cursors);
        Assert.InRange(set.Length, 1, cursors);
        Assert.Equal(Enumerable.Range(0, 200), set.SelectMany(cursor => Read(cursor, number).Numbers).Order());
    }

    [Fact]
    public void CursorsOnManyThreadsFillOneCache()
    {
        var cache = _ml.Data.Cache(Source);
        Parallel.For(0, 8, _ => Assert.Equal(199 * 100, cache.GetColumn<int>("Number").Sum()));
        Assert.All(_rows, row => Assert.Equal(1, row.NumberReads));
    }

    [Fact]
    public void AnUnknownColumnIsNotPrefetched() =>
        Throws.Param("columnsToPrefetch", "Could not find prefetch column 'Absent'", () => _ml.Data.Cache(Source, "Number", "Absent"));

    [Fact]
    public void PrefetchedColumnsHoldTheSameValues() =>
        Assert.Equal(Enumerable.Range(0, 200), _ml.Data.Cache(Source, "Number").GetColumn<int>("Number"));

    private static (int[] Numbers, DataViewRowId[] Ids) Read(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        using (cursor)
        {
            var get = cursor.GetGetter<int>(column);
            var getId = cursor.GetIdGetter();
            List<int> numbers = [];
            List<DataViewRowId> ids = [];
            while (cursor.MoveNext())
            {
                int value = 0;
                DataViewRowId id = default;
                get(ref value);
                getId(ref id);
                numbers.Add(value);
                ids.Add(id);
                Assert.Equal(numbers.Count - 1, cursor.Position);
            }

            return ([.. numbers], [.. ids]);
        }
    }

    public sealed class Row(int index)
    {
        [NoColumn]
        public int Index => index;

        public int Number
        {
            get
            {
                NumberReads++;
                return index;
            }
        }

        public string Text
        {
            get
            {
                TextReads++;
                return $"{index}";
            }
        }

        public float[] Values => [index, index + 1];

        [NoColumn]
        public int NumberReads { get; private set; }

        [NoColumn]
        public int TextReads { get; private set; }
    }
}
