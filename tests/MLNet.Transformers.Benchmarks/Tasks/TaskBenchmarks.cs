using System.Diagnostics;
using Microsoft.ML;
using MLNet.Transformers.Benchmarks.Tokenizers;

namespace MLNet.Transformers.Benchmarks.Tasks;

/// <summary>What a small transformer makes of published tasks with few and many labels, from scratch and after pretraining, beside n-grams.</summary>
internal static class TaskBenchmarks
{
    /// <param name="epochs">Passes over the texts in pretraining.</param>
    /// <param name="folder">Where the pretrained model is kept; it is made where it is not there yet.</param>
    /// <param name="only">The name of the one task wanted; empty for all.</param>
    public static void Compare(int epochs, string folder, string only)
    {
        var data = Corpus.FindData();
        var mlContext = new MLContext(seed: 1);
        if (!File.Exists(Path.Combine(folder, "config.json")))
            Pretraining.Run(mlContext, data, epochs, folder);
        Console.WriteLine($"{"task",-10} {"metric",-10} {"labels",8} {"n-grams",9} {"scratch",9} {"pretrained",11} {"seconds",8}");
        foreach (var task in Tasks(data).Where(task => only.Length == 0 || task.Name == only))
            foreach (var rows in new[] { 100, 500, task.Rows })
            {
                var watch = Stopwatch.StartNew();
                var ngrams = task.MeasureNgrams(mlContext, rows);
                var scratch = task.Measure(mlContext, rows, null);
                var pretrained = task.Measure(mlContext, rows, folder);
                Console.WriteLine($"{task.Name,-10} {task.Metric,-10} {rows,8} {(ngrams is { } value ? $"{value:0.0}" : ""),9} {scratch,9:0.0} {pretrained,11:0.0} {watch.Elapsed.TotalSeconds,8:0}");
            }
    }

    private static IEnumerable<RealTask> Tasks(string data) =>
    [
        TextClassificationTask.Trec(data),
        TextClassificationTask.CustomerReviews(data),
        new NamedEntitiesTask(data),
        new SentenceSimilarityTask(data),
        new QuestionAnsweringTask(data),
    ];
}
