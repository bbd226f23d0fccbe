using Microsoft.ML;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>WNUT-17: names in noisy user texts, measured by the F1 of whole entities on the development part.</summary>
internal sealed class NamedEntitiesTask : RealTask
{
    private readonly Sentence[] training;
    private readonly Sentence[] development;

    public NamedEntitiesTask(string data)
        : base("WNUT-17", "F1")
    {
        training = Shuffled(Read(Path.Combine(data, "ner-wnut17", "train.conll")));
        development = [.. Read(Path.Combine(data, "ner-wnut17", "dev.conll"))];
    }

    public override int Rows => training.Length;

    public override double Measure(MLContext mlContext, int rows, string? pretrainedFolder)
    {
        // The keys come from all sentences, so that few of them lack no tag that the development part has.
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Sentence.Tags)).Fit(mlContext.Data.LoadFromEnumerable(training));
        var trainer = mlContext.TokenClassification.Trainers.TransformerTokenClassification(
            Training(new TokenClassificationOptions { TextColumnName = nameof(Sentence.Words), Seed = 1 }, rows, pretrainedFolder));
        var model = trainer.Fit(keys.Transform(mlContext.Data.LoadFromEnumerable(training[..rows])));
        return 100 * mlContext.TokenClassification.Evaluate(model.Transform(keys.Transform(mlContext.Data.LoadFromEnumerable(development)))).Micro.F1;
    }

    private static IEnumerable<Sentence> Read(string file)
    {
        var words = new List<string[]>();
        foreach (var line in File.ReadLines(file).Append(""))
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                words.Add(line.Split('\t'));
                continue;
            }
            if (words.Count > 0)
                yield return new Sentence { Words = [.. words.Select(word => word[0])], Tags = [.. words.Select(word => word[1])] };
            words.Clear();
        }
    }

    private sealed class Sentence
    {
        public string[] Words { get; set; } = [];

        public string[] Tags { get; set; } = [];
    }
}
