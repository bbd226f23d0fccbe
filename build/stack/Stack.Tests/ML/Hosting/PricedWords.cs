using Microsoft.ML;
using Microsoft.ML.Data;

namespace Stack.Tests.ML.Hosting;

/// <summary>Model files that give the word "tea" a price, so that a test sees which of them answered.</summary>
internal sealed class PricedWords : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pool-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "Model.mlnet");

    public string Save(float price, string name = "Model.mlnet")
    {
        var path = System.IO.Path.Combine(_folder.FullName, name);
        var bytes = Bytes(price);
        for (var deadline = Environment.TickCount64 + 20_000; ;)
        {
            try
            {
                // Locked while it is written, as Model.Save does: a loader waits for it, as this waits for a loader.
                using var stream = File.Create(path);
                stream.Write(bytes);
                return path;
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                Thread.Sleep(10);
            }
        }
    }

    public byte[] Bytes(float price)
    {
        var rows = _ml.Data.LoadFromEnumerable([new Word()]);
        var model = _ml.Transforms.Conversion.MapValue("Price", new Dictionary<string, float> { ["tea"] = price }, "Name").Fit(rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, stream);
        return stream.ToArray();
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

internal sealed class Word
{
    public string Name { get; set; } = "tea";
}

internal sealed class Priced
{
    public float Price { get; set; }
}
