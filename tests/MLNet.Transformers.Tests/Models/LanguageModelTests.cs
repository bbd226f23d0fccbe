using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What every family that writes texts must keep to as a language model.</summary>
public class LanguageModelTests
{
    private static readonly TokenSequence[] Texts = [new([3, 4, 5, 6, 7, 8]), new([9, 10]), new([11, 12, 13, 14])];

    public static TheoryData<string> Models => [.. TinyConfigs.Decoders.Keys];

    [Theory]
    [MemberData(nameof(Models))]
    public void EveryPositionScoresTheVocabulary(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Tiny(name);
        model.eval();
        var batch = TokenBatch.Pad(Texts, 0);
        var scores = model.call(batch);
        Assert.Equal([3L, 6L, 20L], scores.shape);
        var states = model.Backbone.call(batch);
        Tensors.Equal(Tensors.Values(scores[0][3]), ((LanguageModelHead)model.Head).Scores(states[0][3]), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AFolderBringsTheModelBack(string name)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var source = Tiny(name);
        PretrainedFolder.Save(source, folder.Path);
        var read = PretrainedFolder.Open(folder.Path);
        var target = read.LoadWhole(LanguageModelHead.Of);
        Assert.Equal(source.Config.ToJson(), read.Config.ToJson());
        Tensors.EqualWeights(source, target);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TextsCanBeLearntByHeart(string name)
    {
        using var scope = NewDisposeScope();
        var model = Tiny(name);
        var batch = TokenBatch.Pad(Texts, 0);
        var target = batch.Ids.narrow(1, 1, 5).masked_fill(batch.Mask!.narrow(1, 1, 5).logical_not(), -100);
        using var optimizer = optim.Adam(model.parameters(), 1e-2);
        var loss = double.PositiveInfinity;
        for (var step = 0; step < 80; step++)
        {
            using var inner = NewDisposeScope();
            optimizer.zero_grad();
            using var losses = RoutingLosses.Begin();
            var scores = model.call(batch).narrow(1, 0, 5).flatten(0, 1);
            var cost = functional.cross_entropy(scores, target.flatten(), ignore_index: -100);
            (losses.Total() is { } routing ? cost + routing : cost).backward();
            optimizer.step();
            loss = cost.item<float>();
        }
        Assert.All(model.named_parameters(), pair => Assert.True(pair.parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0, pair.name));
        Assert.InRange(loss, 0, 0.1);
    }

    private static TextModel Tiny(string name)
    {
        manual_seed(5);
        return TextModel.Create(TinyConfigs.Decoders[name], LanguageModelHead.Of);
    }
}
