using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.ML;
using Microsoft.ML;
using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Tests.Serving;

/// <summary>What goes in and what comes out.</summary>
public sealed class PredictionTests : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ScriptedModel model = new();

    [Fact]
    public async Task OneRowIsAnObjectAndManyAreAnArray()
    {
        await using var app = await ServingApp.StartAsync(model);
        var one = await app.SendAsync("""{"text": "four"}""");
        Assert.Equal((200, """{"length":4}""", "application/json", "1"), (one.Status, one.Body, one.Type, one.Version));
        var many = await app.SendAsync("""[{"text": "four"}, {"text": "a"}, {"text": "ab", "label": "x", "Whole": 3, "Number": 1.5, "Numbers": [1, 2], "Time": "2026-01-31T10:00:00Z"}]""");
        Assert.Equal((200, """[{"length":4},{"length":1},{"length":2}]"""), (many.Status, many.Body));
        Assert.Equal("[]", (await app.SendAsync("[]")).Body);
    }

    [Fact]
    public async Task ARequestOfMoreRowsThanABatchIsAnsweredInOrder()
    {
        await using var app = await ServingApp.StartAsync(model, options => options.MaxBatchRows = 7);
        var texts = Enumerable.Range(1, 100).Select(length => new { text = new string('x', length) });
        var reply = await app.SendAsync(JsonSerializer.Serialize(texts));
        Assert.Equal(Enumerable.Range(1, 100), reply.Json.EnumerateArray().Select(row => row.GetProperty("length").GetInt32()));
    }

    public static TheoryData<string, int, string> BadBodies => new()
    {
        { "", 400, "not JSON" },
        { "{", 400, "not JSON" },
        { """{"text": NaN}""", 400, "not JSON" },
        { """{"text": "a"} x""", 400, "not JSON" },
        { """{"text": "a", "text": "b"}""", 400, "not JSON" },
        { new string('[', 100), 400, "not JSON" },
        { "\"text\"", 400, "must be an object" },
        { "3", 400, "must be an object" },
        { "null", 400, "must be an object" },
        { "[null]", 400, "[0]" },
        { "{}", 400, "needs this column" },
        { """{"text": null}""", 400, "cannot be null" },
        { """{"text": 3}""", 400, "must be a text, and not a number" },
        { """{"text": ["a"]}""", 400, "must be a text, and not an array" },
        { """{"text": ""}""", 400, "blank" },
        { """{"text": " \t"}""", 400, "blank" },
        { """{"text": "\ud800"}""", 400, "not valid Unicode" },
        { """{"\ud800": "a"}""", 400, "not valid Unicode" },
        { """{"text": "a", "txet": "b"}""", 400, "txet" },
        { """{"Text": "a"}""", 400, "no such column" },
        { """{"text": "a", "Whole": 1.5}""", 400, "whole number from -2147483648" },
        { """{"text": "a", "Whole": 99999999999}""", 400, "does not fit" },
        { """{"text": "a", "Whole": null}""", 400, "not null" },
        { """{"text": "a", "te\u0078t": "b"}""", 400, "not JSON" },
        { """{"text": "a", "Number": 1e999}""", 400, "does not fit" },
        { """{"text": "a", "Numbers": [1e39]}""", 400, "does not fit" },
        { """{"text": "a", "Number": Infinity}""", 400, "not JSON" },
        { """{"text": {"text": "a"}}""", 400, "and not an object" },
        { """{"text": "a", "label": [[[[[[[[[1]]]]]]]]]}""", 400, "not JSON" },
        { """{"text": "a", "Number": "1"}""", 400, "must be a number" },
        { """{"text": "a", "Numbers": [1, "x"]}""", 400, "an array, each item a number" },
        { """{"text": "a", "Time": "yesterday"}""", 400, "ISO 8601" },
        { """[{"text": "a"}, {"text": 1}, {}]""", 400, "[1].text" },
        { """{"text": "poison"}""", 422, "This text is poison." },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task ABadBodyGetsAProblem(string body, int status, string words)
    {
        await using var app = await ServingApp.StartAsync(model);
        var reply = await app.SendAsync(body);
        Assert.Equal((status, "application/problem+json"), (reply.Status, reply.Type));
        Assert.Equal(status, reply.Json.GetProperty("status").GetInt32());
        Assert.NotEqual("", reply.Json.GetProperty("title").GetString());
        Assert.Contains(words, JsonSerializer.Serialize(reply.Json, Readable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryErrorHasItsPath()
    {
        await using var app = await ServingApp.StartAsync(model);
        var errors = (await app.SendAsync("""[{"text": "a"}, {"text": 1, "Whole": "x"}, {"other": 2}]""")).Json.GetProperty("errors");
        Assert.Equal(["[1].text", "[1].Whole", "[2].other", "[2].text"], errors.EnumerateObject().Select(error => error.Name));
        var many = await app.SendAsync("[" + string.Join(',', Enumerable.Repeat("{}", 100)) + "]");
        Assert.Equal(16, many.Json.GetProperty("errors").EnumerateObject().Count());
    }

    [Fact]
    public async Task SizesHaveLimits()
    {
        await using var app = await ServingApp.StartAsync(model, options =>
        {
            options.MaxTextLength = 10;
            options.MaxRequestRows = 2;
            options.MaxRequestBytes = 1000;
        });
        Assert.Equal(200, (await app.PredictAsync("0123456789")).Status);
        Assert.Equal(400, (await app.PredictAsync("0123456789a")).Status);
        Assert.Equal(413, (await app.SendAsync("""[{"text": "a"}, {"text": "a"}, {"text": "a"}]""")).Status);
        Assert.Equal(413, (await app.PredictAsync(new string('a', 10_000_000))).Status);
        // Without a length that is told beforehand.
        var chunked = new StreamContent(new MemoryStream(new byte[5000]));
        chunked.Headers.ContentType = new("application/json");
        chunked.Headers.ContentLength = null;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task BytesThatAreNoTextAndOtherTypesAreRefused()
    {
        await using var app = await ServingApp.StartAsync(model);
        var bytes = new ByteArrayContent([.. "{\"text\": \""u8, 0xC3, 0x28, .. "\"}"u8]);
        bytes.Headers.ContentType = new("application/json");
        Assert.Equal(400, (await app.SendAsync(bytes)).Status);
        var other = await app.SendAsync(new StringContent("""{"text": "a"}""", Encoding.UTF8, "text/plain"));
        Assert.Equal((415, "application/problem+json"), (other.Status, other.Type));
        Assert.Contains("text/plain", other.Json.GetProperty("detail").GetString()!, StringComparison.Ordinal);
        Assert.Equal(415, (await app.SendAsync(new ByteArrayContent("""{"text": "a"}"""u8.ToArray()))).Status);
        Assert.Equal(405, (await app.GetAsync("/predict")).Status);
    }

    [Fact]
    public async Task NoDamagedRequestIsTheServicesFault()
    {
        await using var app = await ServingApp.StartAsync(model);
        var random = new Random(5);
        var sound = Encoding.UTF8.GetBytes("""[{"text": "naïve", "Whole": 12, "Numbers": [1.5, 2]}, {"text": "b\u00e9", "Time": "2026-01-31T10:00:00Z"}]""");
        for (var i = 0; i < 300; i++)
        {
            var damaged = sound.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }
            var content = new ByteArrayContent(damaged, 0, random.Next(2) == 0 ? damaged.Length : random.Next(damaged.Length));
            content.Headers.ContentType = new("application/json");
            var reply = await app.SendAsync(content);
            Assert.True(reply.Status is 200 or 400, $"{reply.Status} of {Encoding.Latin1.GetString(damaged)}");
        }
    }

    [Fact]
    public async Task AClassifierAnswersWithTheNamesOfItsClasses()
    {
        var context = new MLContext(1);
        string[] animals = ["meow purr", "purr meow meow", "woof bark", "bark woof woof"];
        var rows = context.Data.LoadFromEnumerable(animals.Select((text, i) => new Question { Text = text, Label = i < 2 ? "cat" : "dog" }));
        var classifier = context.Transforms.Conversion.MapValueToKey("label")
            .Append(context.Transforms.Text.FeaturizeText("Features", "text"))
            .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy("label", l1Regularization: 0, l2Regularization: 0.01f))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        using var folder = new TemporaryFolder();
        context.Model.Save(classifier, rows.Schema, folder.File("Model.mlnet"));
        await using var app = await ServingApp.StartAsync<Question, Category>(pool => pool.FromFile(folder.File("Model.mlnet"), watchForChanges: false));
        var answer = (await app.PredictAsync("bark bark woof")).Json;
        Assert.Equal(["PredictedLabel", "Score"], answer.EnumerateObject().Select(property => property.Name));
        Assert.Equal("dog", answer.GetProperty("PredictedLabel").GetString());
        Assert.Equal(["cat", "dog"], answer.GetProperty("Score").EnumerateObject().Select(score => score.Name));
        using var engine = context.Model.CreatePredictionEngine<Question, Category>(classifier, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.Equal(engine.Predict(new Question { Text = "bark bark woof" }).Score, answer.GetProperty("Score").EnumerateObject().Select(score => score.Value.GetSingle()));
    }

    [Fact]
    public void KeysAreTheirValuesAndNumbersThatAreNoneAreNull()
    {
        var context = new MLContext(1);
        var rows = context.Data.LoadFromEnumerable([new Question { Text = "b" }, new Question { Text = "a" }]);
        var keyed = new ServedModel<Question, Keyed>(context, context.Transforms.Conversion.MapValueToKey("Key", "text")
            .Append(context.Transforms.CopyColumns("Copy", "Number")).Fit(rows), 1);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var row in keyed.Score([new Question { Text = "a", Number = float.NaN }, new Question { Text = "unseen", Number = 0.1f }]))
            {
                keyed.Answer.Write(json, row);
            }
            json.WriteEndArray();
        }
        Assert.Equal("""[{"Key":"a","Copy":null},{"Key":null,"Copy":0.1}]""", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(["Number", "text"], keyed.Input.Needed.Order());
    }

    [Fact]
    public void ModelsThatDoNotFitAreNamed()
    {
        var context = new MLContext(1);
        var rows = context.Data.LoadFromEnumerable([new Question { Text = "a" }]);
        var copy = context.Transforms.CopyColumns("Copy", "Number").Fit(rows);
        Assert.Contains("Key", Assert.ThrowsAny<Exception>(() => new ServedModel<Question, Keyed>(context, copy, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("nothing to answer", Assert.Throws<InvalidOperationException>(() => new ServedModel<Question, Question>(context, copy, 1)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => model.Dispose();

    private sealed class Keyed
    {
        public uint Key { get; set; }

        public float Copy { get; set; }
    }
}
