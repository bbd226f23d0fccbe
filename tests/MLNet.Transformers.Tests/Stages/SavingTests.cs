using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Tests;

public sealed class SavingTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void AFailedAtomicSaveLeavesTheOldFile()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.zip");
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many());
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class").Append(StageCase.All[0].Estimator(mlContext)).Fit(data);
        mlContext.Model.SaveAtomically(model, data.Schema, path);
        var saved = File.ReadAllBytes(path);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { mlContext.Model.SaveAtomically(model, data.Schema, path); });
        Assert.Equal(saved, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.Equal(60, mlContext.Model.Load(path, out _).Transform(data).GetColumn<float[]>("Score").Count());
    }
}
