using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public sealed class BinaryFileTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    private string DataPath => Path.Combine(_directory.FullName, "data.bin");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(2500)]
    public void DataComeBackAsTheyWere(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => new Row
        {
            Number = i,
            Text = $"row {i}",
            Flag = i % 3 == 0,
            Time = new DateTime(2020, 1, 1).AddDays(i),
            Key = (uint)i % 6,
            Values = [i, -i],
            Words = i % 2 == 0 ? ["a", $"{i}"] : [],
            Sparse = new(1000, 1, [i], [i % 1000]),
        }).ToArray();
        var data = _ml.Data.LoadFromEnumerable(rows);
        Save(data);
        var loaded = _ml.Data.LoadFromBinary(DataPath);
        Assert.Equal(data.Schema.Select(column => column.ToString()), loaded.Schema.Select(column => column.ToString()));
        Assert.Equal(count, loaded.GetRowCount());
        Assert.Equal(rows.Select(row => row.Text), loaded.GetColumn<string>("Text"));
        Assert.Equal(rows.Select(row => row.Words), loaded.GetColumn<string[]>("Words"));
        Assert.Equal(rows.Select(row => row.Flag), loaded.GetColumn<bool>("Flag"));
        Assert.Equal(rows.Select(row => row.Time), loaded.GetColumn<DateTime>("Time"));
        Assert.Equal(data.GetColumn<uint>("Key"), loaded.GetColumn<uint>("Key"));
        Assert.Equal(rows.Select(row => row.Values), loaded.GetColumn<float[]>("Values"));
        Assert.Equal(rows.Select(row => row.Sparse.DenseValues().Sum()), loaded.GetColumn<VBuffer<int>>("Sparse").Select(v => v.DenseValues().Sum()));
        Assert.Equal(Enumerable.Range(0, count), loaded.GetColumn<int>("Number"));
    }

    [Fact]
    public void HiddenColumnsAreKeptOnlyIfAskedFor()
    {
        var data = _ml.Data.LoadFromEnumerable(new[] { new Row { Number = 1 } });
        var hiding = _ml.Transforms.CustomMapping<OnlyNumber, WithFloat>((row, result) => result.Number = row.Number + 0.5f, null).Fit(data).Transform(data);
        Save(hiding);
        Assert.Equal(hiding.Schema.Count - 1, _ml.Data.LoadFromBinary(DataPath).Schema.Count);
        Assert.Equal([1.5f], _ml.Data.LoadFromBinary(new MultiFileSource(DataPath)).GetColumn<float>("Number"));
        var whole = Path.Combine(_directory.FullName, "whole.bin");
        using (var file = File.Create(whole))
            _ml.Data.SaveAsBinary(hiding, file, keepHidden: true);
        var all = _ml.Data.LoadFromBinary(whole);
        Assert.Equal([1], all.GetColumn<int>(all.Schema[0]));
        Assert.True(all.Schema[0].IsHidden);
    }

    [Fact]
    public void AMissingFileIsRefused() =>
        Throws.Param("path", $"File does not exist at path: {DataPath}", () => _ml.Data.LoadFromBinary(DataPath));

    [Fact]
    public void ACutFileIsRefused()
    {
        Save(_ml.Data.LoadFromEnumerable(new[] { new Row { Number = 1 } }));
        var bytes = File.ReadAllBytes(DataPath);
        foreach (var length in (int[])[0, 3, bytes.Length / 2, bytes.Length - 1])
        {
            var cut = Path.Combine(_directory.FullName, $"{length}.bin");
            File.WriteAllBytes(cut, bytes[..length]);
            Assert.ThrowsAny<Exception>(() => _ml.Data.LoadFromBinary(cut).GetColumn<string>("Text").ToArray());
        }
    }

    private void Save(IDataView data)
    {
        using var file = File.Create(DataPath);
        _ml.Data.SaveAsBinary(data, file);
        Assert.True(file.CanWrite);
    }

    public sealed class Row
    {
        public int Number { get; set; }

        public string Text { get; set; } = "";

        public bool Flag { get; set; }

        public DateTime Time { get; set; }

        [KeyType(5)]
        public uint Key { get; set; }

        [VectorType(2)]
        public float[] Values { get; set; } = [0, 0];

        public string[] Words { get; set; } = [];

        [VectorType(1000)]
        public VBuffer<int> Sparse { get; set; } = new(1000, 0, [], []);
    }

    public sealed class OnlyNumber
    {
        public int Number { get; set; }
    }

    public sealed class WithFloat
    {
        public float Number { get; set; }
    }
}
