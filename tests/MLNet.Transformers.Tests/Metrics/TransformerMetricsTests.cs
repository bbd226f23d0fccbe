using System.Diagnostics.Metrics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests;

public sealed class TransformerMetricsTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void TokensOfTextsAndTheirPaddingAreCounted()
    {
        string[] texts = ["apple", "apple pear plum", "saw saw saw saw saw"];
        var lengths = texts.Select(text => TinyFolders.Tokenizer.Encode(text).Ids.Length).ToArray();
        var counted = Counts(() =>
        {
            var data = mlContext.Data.LoadFromEnumerable(texts.Select(text => new StageRow { Text = text }));
            var model = mlContext.Transforms.Text.FeaturizeTextWithTransformer("Features", "Text", TinyFolders.Bert).Fit(data);
            Assert.Equal(3, model.Transform(data).GetColumn<float[]>("Features").Count());
        });
        Assert.Equal(lengths.Sum(), counted["transformer.tokens"]);
        Assert.Equal(lengths.Sum(length => lengths.Max() - length), counted["transformer.padding.tokens"]);
    }

    [Fact]
    public void WrittenTokensAreCountedApartFromThoseThatWereRead()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(8));
        var model = mlContext.LanguageModeling.Trainers.TransformerLanguageModel(new LanguageModelOptions
        {
            Model = LanguageModelOptions.Small with { HiddenSize = 16, Layers = 1, Heads = 2, MaxLength = 32 },
            VocabularySize = 300,
            MaxLength = 16,
            Epochs = 1,
            Generation = new GenerationConfig { MinNewTokens = 5, MaxNewTokens = 5 },
        }).Fit(data);
        var counted = Counts(() => Assert.Equal(3, model.Transform(mlContext.Data.TakeRows(data, 3)).GetColumn<string>("Output").Count()));
        Assert.Equal(15, counted["transformer.generated.tokens"]);
        Assert.True(counted["transformer.tokens"] >= 3);
    }

    [Fact]
    public void ImagesAreCounted()
    {
        var data = mlContext.Data.LoadFromEnumerable(StageRow.Many(7));
        var model = mlContext.MulticlassClassification.ClassifyImages(TinyFolders.Vit, "Picture").Fit(data);
        var counted = Counts(() => Assert.Equal(7, model.Transform(data).GetColumn<float[]>("Score").Count()));
        Assert.Equal(7, counted["transformer.images"]);
    }

    /// <summary>What the instruments tell while <paramref name="act"/> goes on.</summary>
    private static Dictionary<string, long> Counts(Action act)
    {
        var counts = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TransformerMetrics.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value);
        listener.Start();
        act();
        return counts;
    }
}
