using Microsoft.ML;
using MLNet.Transformers.Serving;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>Requests with images: bytes of files, in base64.</summary>
public sealed class ImageRequestTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task AnImageIsClassifiedAndABadOneIsNamed()
    {
        var context = new MLContext(1);
        var rows = context.Data.LoadFromEnumerable<Photograph>([]);
        context.Model.Save(context.MulticlassClassification.ClassifyImages(TinyFolders.Vit, "Picture")
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows), rows.Schema, folder.File("Model.mlnet"));
        await using var app = await ServingApp.StartAsync<Photograph, Category>(
            pool => pool.FromFile(folder.File("Model.mlnet"), watchForChanges: false, TimeSpan.FromSeconds(1)),
            options => options.MaxRequestBytes = 10_000);
        var seen = await app.MetricAsync("transformer_images_total");

        var found = await app.SendAsync(Json(Convert.ToBase64String(Pictures.Of(isRed: true, 1))));
        Assert.Equal(200, found.Status);
        Assert.Equal(["fruit", "tool"], found.Json.GetProperty("Score").EnumerateObject().Select(score => score.Name));
        Assert.Equal(seen + 1, await app.MetricAsync("transformer_images_total"));

        foreach (var text in new[] { "no image!", "AAA", "A=AA" })
        {
            var wrong = await app.SendAsync(Json(text));
            Assert.Equal(400, wrong.Status);
            Assert.Contains("a text of bytes in base64", wrong.Json.GetProperty("errors").GetProperty("Picture")[0].GetString()!, StringComparison.Ordinal);
        }
        byte[][] broken = [[], [1, 2, 3], Pictures.Of(isRed: true, 1)[..100], [.. "\u0089PNG\r\n\u001a\n"u8]];
        foreach (var bytes in broken)
        {
            var refused = await app.SendAsync(Json(Convert.ToBase64String(bytes)));
            Assert.Equal(422, refused.Status);
            Assert.Contains("'Picture'", refused.Json.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        }
        var both = await app.SendAsync($"[{Json(Convert.ToBase64String(Pictures.Of(isRed: false, 2)))}, {Json("AAAA")}]");
        Assert.Equal((207, 422), (both.Status, both.Json[1].GetProperty("problem").GetProperty("status").GetInt32()));
        Assert.Equal(413, (await app.SendAsync(Json(Convert.ToBase64String(new byte[10_000])))).Status);
    }

    public void Dispose() => folder.Dispose();

    private static string Json(string base64) => $$"""{"Picture": "{{base64}}"}""";

    private sealed class Photograph
    {
        public byte[] Picture { get; set; } = [];
    }
}
