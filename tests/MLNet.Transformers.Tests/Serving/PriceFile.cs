using Microsoft.ML;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>A model file that gives "tea" a price.</summary>
internal sealed class PriceFile(string path)
{
    private static readonly MLContext Context = new(1);

    public string Path => path;

    public void Save(float price)
    {
        var rows = Context.Data.LoadFromEnumerable([new Question { Text = "tea" }]);
        var model = Context.Transforms.Conversion.MapValue("price", new Dictionary<string, float> { ["tea"] = price }, "text").Fit(rows);
        Context.Model.Save(model, rows.Schema, path);
    }
}
