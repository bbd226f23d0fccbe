using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Transformers.Tool.Scenarios;
using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Scenarios;

public sealed class ScenarioTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MLContext mlContext = new(seed: 1);

    public static TheoryData<string> Commands => [.. ScenarioCase.Commands];

    public static TheoryData<string> WithPretraining => [.. ScenarioCase.Commands.Take(4)];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheHelpsOrder() => Assert.Equal(ScenarioCase.Commands, Scenario.All.Select(scenario => scenario.Command));

    [Theory]
    [MemberData(nameof(Commands))]
    public void WhatIsLearntIsMeasuredAndSurvivesItsFile(string command)
    {
        var test = ScenarioCase.Of(command, folder);
        test.Scenario.Check(mlContext, test.Setup);
        var rows = test.Dataset.Load(mlContext);
        var model = test.Fit(mlContext);
        var metrics = test.Evaluate(mlContext, model);
        Assert.Equal(test.Scenario.MetricName, metrics[0].Name);
        Assert.All(metrics, metric => Assert.True(double.IsFinite(metric.Value), $"{metric.Name} {metric.Value}"));

        var file = folder.File("model.mlnet");
        mlContext.Model.Save(model, rows.Schema, file);
        var fresh = new MLContext(seed: 2);
        var loaded = fresh.Model.Load(file, out _);
        Assert.Equal(metrics, test.Scenario.Evaluate(fresh, test.Options(), loaded, rows));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnswersHaveTheColumnsThatWerePromised(string command)
    {
        var test = ScenarioCase.Of(command, folder);
        var schema = test.Fit(mlContext).Transform(test.Dataset.Load(mlContext)).Schema;
        var answers = test.Scenario.Answers(test.Options());
        Assert.Equal(AnswerPurpose.Answer, answers[0].Purpose);
        Assert.All(answers, answer => Assert.Equal(answer.TypeName, TypeName(schema[answer.Name].Type)));
        Assert.Equal(answers.Any(answer => answer.Purpose == AnswerPurpose.Probabilities), schema.Any(column => column.Annotations.Schema.GetColumnOrNull("SlotNames") is not null));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void TheSameOptionsGiveTheSameMetrics(string command)
    {
        var test = ScenarioCase.Of(command, folder);
        Assert.Equal(test.Evaluate(mlContext, test.Fit(mlContext)), test.Evaluate(new MLContext(), test.Fit(new MLContext())));
    }

    [Theory]
    [MemberData(nameof(WithPretraining))]
    public void AnEncoderLearnsFromTheTextsBefore(string command)
    {
        var test = ScenarioCase.Of(command, folder);
        Assert.Null(test.Pretraining(0));
        var metrics = test.Evaluate(mlContext, test.Fit(mlContext, pretrainingEpochs: 2));
        Assert.NotEqual(metrics, test.Evaluate(mlContext, test.Fit(mlContext)));
        Assert.Equal(metrics, test.Evaluate(new MLContext(), test.Fit(new MLContext(), pretrainingEpochs: 2)));

        var (options, pretraining) = ((TextFineTuningOptions)test.Options(2), test.Pretraining(2)!);
        Assert.Equal((options.Model, options.VocabularySize, options.MaxLength, options.CaseSensitive), (pretraining.Model, pretraining.VocabularySize, pretraining.MaxLength, pretraining.CaseSensitive));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryPlaceInTheSearchSpaceIsATraining(string command)
    {
        var test = ScenarioCase.Of(command, folder);
        foreach (var setup in new[] { test.Setup, test.Setup with { GpuDeviceId = 0 } })
        {
            var space = test.Scenario.Space(setup);
            Assert.Equal(setup.GpuDeviceId is null, !space.Sizes.Contains(ModelSize.Large));
            Assert.Equal(space.Sizes.Order(), space.Sizes);
            Assert.True(space.MaxEpochs >= 1);
            foreach (var size in space.Sizes)
            {
                var (least, greatest) = space.LearningRates(size);
                Assert.True(least > 0 && least < greatest);
                var options = test.Scenario.Options(new Trial(size, greatest, space.MaxEpochs), setup);
                Assert.Equal((greatest, space.MaxEpochs, null, 1), (options.LearningRate, options.Epochs, options.MaxSteps, options.Seed));
                Assert.Equal(setup.GpuDeviceId, options.GpuDeviceId);
                Assert.Equal(7, test.Scenario.Options(new Trial(size, least, 1, MaxSteps: 7), setup).MaxSteps);
            }
        }
    }

    private static string TypeName(DataViewType type) => type switch
    {
        VectorDataViewType vector => TypeName(vector.ItemType) + "[]",
        TextDataViewType => "string",
        _ when type == NumberDataViewType.Single => "float",
        _ when type == NumberDataViewType.Int32 => "int",
        _ => $"{type}",
    };
}
