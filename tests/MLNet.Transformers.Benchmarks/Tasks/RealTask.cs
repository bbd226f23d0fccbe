using Microsoft.ML;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>A task on published data: train on some of the rows, measure on rows that were never seen.</summary>
internal abstract class RealTask(string name, string metric)
{
    public string Name { get; } = name;

    public string Metric { get; } = metric;

    /// <summary>Number of rows to train on, at most.</summary>
    public abstract int Rows { get; }

    /// <summary>The metric, in percent, of a transformer trained on so many rows.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="rows">How many rows; they are the first of a fixed shuffle.</param>
    /// <param name="pretrainedFolder">What to start from; null to start from scratch.</param>
    public abstract double Measure(MLContext mlContext, int rows, string? pretrainedFolder);

    /// <summary>The metric of ML.NET's own n-grams on the same rows; null where it has no trainer for the task.</summary>
    public virtual double? MeasureNgrams(MLContext mlContext, int rows) => null;

    /// <summary>How to train on so many rows: many passes over few, fewer over many.</summary>
    protected static T Training<T>(T options, int rows, string? pretrainedFolder)
        where T : TextFineTuningOptions => options with
        {
            PretrainedFolder = pretrainedFolder,
            LearningRate = pretrainedFolder is null ? 2e-3 : 1e-3,
            Epochs = rows <= 100 ? 40 : rows <= 500 ? 20 : 8,
            BatchTokens = rows <= 500 ? 512 : 2048,
            TokenDropout = 0.1,
            MaxLength = 128,
            VocabularySize = 8192,
        };

    protected static T[] Shuffled<T>(IEnumerable<T> rows)
    {
        var all = rows.ToArray();
        new Random(1).Shuffle(all);
        return all;
    }
}
