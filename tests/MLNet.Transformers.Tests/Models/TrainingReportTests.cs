using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

public class TrainingReportTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void CountsAndCurvesAreThoseOfTheTraining()
    {
        using var model = TinyClassifier.Create();
        var options = new TrainingOptions { Epochs = 4, LearningRate = 5e-3, Batching = new TokenBudget(128), ReportEvery = 1, FreezeEmbeddings = true };
        var result = new TrainingRun<LabeledSequence>(new SequenceClassificationTask(model), options).Run(TinyClassifier.Examples, TinyClassifier.Examples);
        var report = result.Report;

        Assert.Equal(4 * TinyClassifier.Examples.Sum(example => example.Tokens.Length), report.Tokens);
        Assert.Equal(Enumerable.Range(1, (int)result.Steps).Select(step => (long)step), report.Training.Select(point => point.Step));
        Assert.Equal([1, 2, 3, 4], report.Validation.Select(point => point.Epoch));
        Assert.Equal(report.Validation.Max(point => point.Metric), report.Validation[result.BestEpoch - 1].Metric);
        Assert.Equal((result.BestEpoch, result.Steps, "accuracy"), (report.BestEpoch, report.Steps, report.MetricName));
        Assert.InRange(report.PaddingShare, 0.001, 0.2);
        Assert.Equal(1 - report.Tokens / (double)report.Positions, report.PaddingShare, 1e-12);
        Assert.Equal(report.Tokens / report.TrainingTime.TotalSeconds, report.TokensPerSecond, 1e-6);
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()), report.Parameters);
        Assert.Equal(report.Parameters - (30 + 12) * 16, report.TrainedParameters);
    }

    [Fact]
    public void IsWrittenAsJsonAndAsAPicture()
    {
        using var folder = new TemporaryFolder();
        var report = Example(60, 3);
        report.Save(folder.Path);
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.Path, "training.json")));
        Assert.Equal(report.PaddingShare, json.RootElement.GetProperty("padding_share").GetDouble());
        Assert.Equal(60, json.RootElement.GetProperty("training").GetArrayLength());
        Assert.Equal("accuracy", json.RootElement.GetProperty("metric_name").GetString());
        Assert.Equal(0.8, json.RootElement.GetProperty("validation")[1].GetProperty("metric").GetDouble());
        Assert.Equal(report.ToSvg(), File.ReadAllText(Path.Combine(folder.Path, "training.svg")));
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(5000, 0)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public void ThePictureShowsEveryCurveWithinItsFrame(int points, int validations)
    {
        var picture = XDocument.Parse(Example(points, validations).ToSvg()).Root!;
        var (width, height) = (Number(picture, "width"), Number(picture, "height"));
        var curves = picture.Elements(Svg + "polyline").ToList();
        Assert.Equal(validations > 0 ? 5 : 3, curves.Count);
        Assert.Equal(validations > 0 ? 2 * validations + 2 : 0, picture.Elements(Svg + "circle").Count());
        var places = curves.SelectMany(curve => curve.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.True(places.Count <= 3 * 400 + 2 * validations);
        Assert.All(places, place =>
        {
            var (x, y) = (double.Parse(place.Split(',')[0], CultureInfo.InvariantCulture), double.Parse(place.Split(',')[1], CultureInfo.InvariantCulture));
            Assert.InRange(x, 72, width - 20);
            Assert.InRange(y, 100, height - 40);
        });
        var texts = picture.Elements(Svg + "text").Select(text => text.Value).ToList();
        Assert.Contains("Loss", texts);
        Assert.Equal(validations > 0, texts.Contains("Validation accuracy"));
        Assert.DoesNotContain(texts, text => text.Contains("NaN", StringComparison.Ordinal));
    }

    [Fact]
    public void ALossThatIsNoNumberIsLeftOut()
    {
        var report = Example(3, 0);
        var broken = report with { Training = [report.Training[0], report.Training[1] with { Loss = double.NaN }, report.Training[2]] };
        var curve = XDocument.Parse(broken.ToSvg()).Root!.Elements(Svg + "polyline").First();
        Assert.Equal(2, curve.Attribute("points")!.Value.Split(' ').Length);
        using var json = JsonDocument.Parse(broken.ToJson());
        Assert.Equal("NaN", json.RootElement.GetProperty("training")[1].GetProperty("loss").GetString());
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static TrainingReport Example(int points, int validations)
    {
        var random = new Random(1);
        return new TrainingReport
        {
            MetricName = "accuracy",
            Training = [.. Enumerable.Range(1, points).Select(index => new TrainingPoint(
                10 * index, 1, 0.2 + Math.Exp(-3.0 * index / points) + 0.1 * random.NextDouble(), 5e-5 * (1 - index / (points + 1.0)), 9000 + random.Next(1000)))],
            Validation = [.. Enumerable.Range(1, validations).Select(index => new ValidationPoint(
                10 * points * index / validations, index, 0.3 + 0.5 / index, index == 2 ? 0.8 : 0.7))],
            BestEpoch = Math.Min(2, validations),
            Steps = 10 * points,
            Tokens = 123_456,
            Positions = 130_000,
            TrainingTime = TimeSpan.FromSeconds(13),
            Parameters = 1000,
            TrainedParameters = 900,
        };
    }
}
