using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>A model file that gives "tea" a price.</summary>
internal sealed class PriceFile(string path)
{
    private static readonly MLContext Context = new(1);

    public string Path => path;

    /// <summary>The bytes of such a file.</summary>
    public static byte[] Model(float price)
    {
        var rows = Context.Data.LoadFromEnumerable([new Question { Text = "tea" }]);
        using var stream = new MemoryStream();
        Context.Model.Save(Map(price, rows), rows.Schema, stream);
        return stream.ToArray();
    }

    /// <summary>Saves the model once nobody reads the file: a pool may still be at the one before.</summary>
    public void Save(float price)
    {
        var rows = Context.Data.LoadFromEnumerable([new Question { Text = "tea" }]);
        var model = Map(price, rows);
        for (var deadline = Environment.TickCount64 + 20_000; ;)
        {
            try
            {
                Context.Model.Save(model, rows.Schema, path);
                return;
            }
            catch (IOException) when (Environment.TickCount64 < deadline)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static ValueMappingTransformer Map(float price, IDataView rows) =>
        Context.Transforms.Conversion.MapValue("price", new Dictionary<string, float> { ["tea"] = price }, "text").Fit(rows);
}
