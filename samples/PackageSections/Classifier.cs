using Microsoft.ML;
using Microsoft.ML.Data;

namespace PackageSections;

/// <summary>Files packages by what is said of them: "summary. description", one a line.</summary>
public static class Classifier
{
    public static int Run(string modelPath)
    {
        if (!File.Exists(modelPath))
        {
            Console.Error.WriteLine($"There is no {modelPath} here yet: train first, with dotnet run.");
            return 1;
        }
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(modelPath, out _);
        using var engine = mlContext.Model.CreatePredictionEngine<Package, Filing>(model);
        VBuffer<ReadOnlyMemory<char>> sections = default;
        engine.OutputSchema["Score"].GetSlotNames(ref sections);
        var names = sections.DenseValues().Select(name => name.ToString()).ToArray();

        if (!Console.IsInputRedirected)
        {
            Console.WriteLine("Describe a package on one line, such as: editor for musical scores. Writes PDF and MIDI. (An empty line ends.)");
        }
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var sentence = line.Split(". ", 2);
            var filing = engine.Predict(new Package { Summary = sentence[0], Description = sentence.Length > 1 ? sentence[1] : "" });
            var others = filing.Score.Index().OrderByDescending(score => score.Item).Take(3)
                .Select(score => $"{names[score.Index]} {score.Item:P0}");
            Console.WriteLine($"{filing.Section,-12} ({string.Join(", ", others)})  {line}");
        }
        return 0;
    }
}
