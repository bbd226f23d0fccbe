using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Core;

public sealed class LoaderTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    private string DataPath => Path.Combine(_directory.FullName, "data.tsv");

    public LoaderTests() => File.WriteAllText(DataPath, "1\t2\n3\t4\n");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void ATransformerFollowsALoader()
    {
        var loader = Loader();
        var transformer = Mapping().Fit(loader.Load(DataPath));
        var composite = loader.Append(transformer);
        Assert.Same(loader, composite.Loader);
        Assert.Same(transformer, composite.Transformer.LastTransformer);
        Assert.Equal(["A", "B", "Sum"], composite.GetOutputSchema().Select(column => column.Name));
        Assert.Equal([3f, 7f], composite.Load(new MultiFileSource(DataPath)).GetColumn<float>("Sum"));
        Assert.Equal(2, composite.Preview(new MultiFileSource(DataPath)).RowView.Length);
    }

    [Fact]
    public void AnEstimatorFollowsALoader()
    {
        var chain = Loader().Append(Mapping());
        Assert.Equal(["A", "B", "Sum"], chain.GetOutputSchema().Select(column => column.Name));
        Assert.Equal([3f, 7f], chain.Fit(new MultiFileSource(DataPath)).Load(DataPath).GetColumn<float>("Sum"));
    }

    [Fact]
    public void ACompositeLoaderDisposesItsTransformers()
    {
        var transformer = new PassThrough();
        using (Loader().Append(transformer))
        {
        }

        Assert.Equal(1, transformer.Disposals);
    }

    [Fact]
    public void AModelIsSavedWithItsLoader()
    {
        var loader = Loader();
        var model = Mapping().Fit(loader.Load(DataPath));
        var path = Path.Combine(_directory.FullName, "model.zip");
        _ml.Model.Save(model, loader, path);
        var other = new MLContext();
        var loaded = other.Model.LoadWithDataLoader(path, out var again);
        Assert.Equal([3f, 7f], loaded.Transform(again.Load(DataPath)).GetColumn<float>("Sum"));
        Assert.IsType<Microsoft.ML.Transforms.CustomMappingTransformer<Pair, Total>>(loaded);
        var alone = other.Model.Load(path, out var schema);
        Assert.Equal(["A: Single", "B: Single"], schema.Select(column => column.ToString()));
        Assert.Equal([3f, 7f], alone.Transform(loader.Load(DataPath)).GetColumn<float>("Sum"));
    }

    [Fact]
    public void FilesAreReadOneAfterTheOther()
    {
        Assert.Equal(4, Loader().Load(DataPath, DataPath).GetColumn<float>("A").Count());
        Assert.Equal(0, new MultiFileSource(null).Count);
        File.WriteAllText(Path.Combine(_directory.FullName, "other.tsv"), "5\t6\n");
        var all = new MultiFileSource(Path.Combine(_directory.FullName, "*.tsv"));
        Assert.Equal([DataPath, Path.Combine(_directory.FullName, "other.tsv")], [all.GetPathOrNull(0), all.GetPathOrNull(1)]);
        Throws.Param("index", () => all.GetPathOrNull(2));
        using var reader = all.OpenTextReader(1);
        Assert.Equal("5\t6", reader.ReadLine());
    }

    [Fact]
    public void AMissingFileSaysItsName()
    {
        var missing = Path.Combine(_directory.FullName, "missing.tsv");
        var exception = Assert.Throws<IOException>(() => new MultiFileSource(missing).Open(0));
        Assert.StartsWith($"Could not open file '{missing}'. Error is: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEstimatorCanBePreviewed()
    {
        var data = Loader().Load(DataPath);
        var preview = Mapping().Preview(data, maxRows: 1, maxTrainingRows: 1);
        Assert.Equal("3 columns, 1 rows", preview.ToString());
        Assert.Equal(3f, preview.RowView[0].Values[2].Value);
        Assert.Equal(2, Mapping().Fit(data).Preview(data).RowView.Length);
    }

    private TextLoader Loader() => _ml.Data.CreateTextLoader(
        [new TextLoader.Column("A", DataKind.Single, 0), new TextLoader.Column("B", DataKind.Single, 1)]);

    private Microsoft.ML.Transforms.CustomMappingEstimator<Pair, Total> Mapping() =>
        _ml.Transforms.CustomMapping<Pair, Total>(TotalFactory.Map, "Stack total");

    public sealed class Pair
    {
        public float A { get; set; }

        public float B { get; set; }
    }

    public sealed class Total
    {
        public float Sum { get; set; }
    }

    [Microsoft.ML.Transforms.CustomMappingFactoryAttribute("Stack total")]
    public sealed class TotalFactory : Microsoft.ML.Transforms.CustomMappingFactory<Pair, Total>
    {
        public static void Map(Pair pair, Total total) => total.Sum = pair.A + pair.B;

        public override Action<Pair, Total> GetMapping() => Map;
    }
}
