using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks;

/// <summary>What the stage costs beside its model: texts through an ML.NET pipeline, against the bare model on batches that lie ready.</summary>
internal static class FeaturizerBenchmarks
{
    public static void Compare(string[] texts, double seconds, int turns)
    {
        var mlContext = new MLContext(seed: 1);
        var tokenizer = new WordPieceTrainer { VocabularySize = 8000 }.Train(texts);
        using var network = TextModel.Create(Shape.MiniLm.Config, (config, _) => new SentenceEmbedding(new SentenceEmbeddingConfig(), config));
        network.eval();
        var data = mlContext.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));
        using var model = mlContext.Transforms.Text.FeaturizeTextWithTransformer(new FeaturizingOptions { Network = network, Tokenizer = tokenizer, MaxLength = 128 }).Fit(data);
        using var engine = mlContext.Model.CreatePredictionEngine<Row, Features>(model, new PredictionEngineOptions { OwnsTransformer = false });
        using var frozen = inference_mode();
        TokenSequence[] rows = [.. texts.Select(text => new TokenSequence([.. model.Tokenizer.Encode(text).Ids]))];
        var batches = Batches(rows).ToArray();

        Print($"{texts.Length} texts, Transform", Ratio.Measure(
            time => Ratio.Time(All, time), [time => Ratio.Time(Bare, time)], seconds, turns));
        Print($"{texts.Length} texts, Predict", Ratio.Measure(
            time => Ratio.Time(OneByOne, time), [time => Ratio.Time(BareOneByOne, time)], seconds, turns));

        void All()
        {
            foreach (var _ in model.Transform(data).GetColumn<float[]>("Features"))
            {
            }
        }

        void Bare()
        {
            foreach (var batch in batches)
                network.call(batch).Dispose();
        }

        void OneByOne()
        {
            foreach (var text in texts)
                engine.Predict(new Row { Text = text });
        }

        void BareOneByOne()
        {
            foreach (var row in rows)
            {
                using var batch = TokenBatch.Pad([row], 0);
                network.call(batch).Dispose();
            }
        }
    }

    /// <summary>Longest first, as many at a time as four thousand tokens allow.</summary>
    private static IEnumerable<TokenBatch> Batches(TokenSequence[] rows)
    {
        var sorted = rows.OrderByDescending(row => row.Length).ToArray();
        for (int start = 0, count; start < sorted.Length; start += count)
        {
            count = Math.Min(4096 / sorted[start].Length, sorted.Length - start);
            yield return TokenBatch.Pad(sorted[start..(start + count)], 0);
        }
    }

    private static void Print(string what, Outcome outcome) =>
        Console.WriteLine($"{"featurizer",-14} {what,-34} {outcome}   {outcome.Best / outcome.PeerBest:0.00} times the bare model");

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }

    private sealed class Features
    {
        [ColumnName("Features")]
        public float[] Values { get; set; } = [];
    }
}
