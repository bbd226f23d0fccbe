using System.Globalization;
using Microsoft.ML;

namespace FashionClassifier;

/// <summary>Says what is on the first images of the test set, with a model that was saved.</summary>
public static class Classifier
{
    private const int Images = 12;

    public static int Run(string modelPath)
    {
        if (!File.Exists(modelPath))
        {
            Console.Error.WriteLine($"There is no {modelPath} here yet: train first, with dotnet run.");
            return 1;
        }
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(modelPath, out _);
        using var engine = mlContext.Model.CreatePredictionEngine<FashionImage, FashionAnswer>(model);

        foreach (var image in FashionMnist.Find().Test(Images))
        {
            var answer = engine.Predict(image);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{image.Class,-12} taken for {answer.Class} ({answer.Score.Max():P0})"));
        }
        return 0;
    }
}
