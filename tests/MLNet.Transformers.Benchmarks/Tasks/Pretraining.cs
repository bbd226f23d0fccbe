using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>A small encoder that has learnt to guess hidden tokens of plain English, before any label.</summary>
internal static class Pretraining
{
    public static void Run(MLContext mlContext, string data, int epochs, string folder)
    {
        var watch = Stopwatch.StartNew();
        var texts = Texts(data).ToList();
        Console.WriteLine($"pretraining: {texts.Count} texts, {texts.Sum(text => (long)text.Text.Length) / 1e6:0.0} million characters, {epochs} epochs");
        var model = mlContext.LanguageModeling.Trainers.TransformerMaskedLanguageModel(new MaskedLanguageModelOptions
        {
            Epochs = epochs,
            LearningRate = 2e-3,
            BatchTokens = 2048,
            MaxLength = 128,
            MaskingProbability = 0.25,
            ValidationFraction = 0.01,
            Seed = 1,
        }).Fit(mlContext.Data.LoadFromEnumerable(texts));
        model.SavePretrained(folder);
        var result = model.TrainingResult!;
        Console.WriteLine($"pretraining: {watch.Elapsed.TotalSeconds:0} s, {result.TokensPerSecond:0} tokens/s; of the hidden tokens of texts left out {result.Validation!.Metric:0.0%} are guessed");
    }

    /// <summary>Encyclopedia, abstracts of papers, captions, questions: nothing that a task is measured on.</summary>
    private static IEnumerable<PlainText> Texts(string data) =>
        Lines(data, "lm-wikitext2/wiki.valid.tokens").Concat(Lines(data, "lm-wikitext2/wiki.test.tokens"))
            .Concat(Lines(data, "multi30k/train.en"))
            .Concat(Lines(data, "text-classification/trec/train.txt").Select(line => line[2..]))
            .Concat(Lines(data, "summ-scitldr/train.jsonl").Select(Abstract))
            .Concat(Passages(Path.Combine(data, "qa-boolq", "validation.csv")))
            .Where(line => line.Length > 20)
            .Select(line => new PlainText { Text = line });

    private static IEnumerable<string> Lines(string data, string file) => File.ReadLines(Path.Combine(data, file)).Select(line => line.Trim());

    private static string Abstract(string json)
    {
        using var document = JsonDocument.Parse(json);
        return string.Join(' ', document.RootElement.GetProperty("source").EnumerateArray().Select(sentence => sentence.GetString()));
    }

    private static IEnumerable<string> Passages(string file)
    {
        var mlContext = new MLContext();
        return mlContext.Data.CreateEnumerable<Passage>(mlContext.Data.LoadFromTextFile<Passage>(file, ',', hasHeader: true, allowQuoting: true), reuseRowObject: false)
            .Select(row => row.Text);
    }

    private sealed class PlainText
    {
        public string Text { get; set; } = "";
    }

    private sealed class Passage
    {
        [LoadColumn(2)]
        public string Text { get; set; } = "";
    }
}
