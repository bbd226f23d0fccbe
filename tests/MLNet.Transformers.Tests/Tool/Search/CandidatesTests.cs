using MLNet.Transformers.Tool.Search;

namespace MLNet.Transformers.Tests.Tool.Search;

/// <summary>What is drawn to be tried, and what is tried of it in a time.</summary>
public sealed class CandidatesTests
{
    private static readonly SearchSpace Space = new()
    {
        Sizes = [ModelSize.Tiny, ModelSize.Small],
        LearningRates = size => size == ModelSize.Tiny ? (1e-3, 1e-2) : (1e-4, 1e-3),
        MaxEpochs = 12,
    };

    [Fact]
    public void TheyCoverTheRatesOfEachSize()
    {
        var drawn = Candidates.Draw(Space, Space.Sizes, canPretrain: false, epochsVary: true, 20, seed: 4);
        foreach (var size in Space.Sizes)
        {
            var (least, greatest) = Space.LearningRates(size);
            var places = drawn.Where(candidate => candidate.Size == size).Select(candidate => Math.Log(candidate.LearningRate / least) / Math.Log(greatest / least)).Order().ToArray();
            Assert.Equal(10, places.Length);
            Assert.InRange(places[0], 0, 0.25);
            Assert.InRange(places[^1], 0.75, 1);
            Assert.All(places.Zip(places.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 0.3));
        }
        Assert.All(drawn, candidate => Assert.InRange(candidate.Epochs, 3, 12));
        Assert.DoesNotContain(drawn, candidate => candidate.Pretrains);
    }

    [Fact]
    public void TheMostPassesAreThoseOfTheSpaceUnlessTheyVary() =>
        Assert.All(Candidates.Draw(Space, Space.Sizes, true, epochsVary: false, 20, seed: 4), candidate => Assert.Equal(12, candidate.Epochs));

    [Fact]
    public void FewerAreTheFirstOfMore() => Assert.Equal(
        Candidates.Draw(Space, Space.Sizes, true, true, 20, seed: 4).Take(4),
        Candidates.Draw(Space, Space.Sizes, true, true, 4, seed: 4));

    [Fact]
    public void NoTwoAreTheSame()
    {
        var narrow = Space with { LearningRates = _ => (1e-3, 4e-3) };
        foreach (var seed in Enumerable.Range(1, 50))
        {
            var drawn = Candidates.Draw(narrow, narrow.Sizes, canPretrain: false, epochsVary: false, 20, seed);
            Assert.Equal((20, 20), (drawn.Count, drawn.Distinct().Count()));
        }
    }

    [Fact]
    public void EachSizeIsTriedWithAndWithoutTheTextsBefore()
    {
        var drawn = Candidates.Draw(Space, Space.Sizes, canPretrain: true, epochsVary: false, 4, seed: 9);
        Assert.Equal(
            [(ModelSize.Tiny, false), (ModelSize.Small, true), (ModelSize.Tiny, true), (ModelSize.Small, false)],
            drawn.Select(candidate => (candidate.Size!.Value, candidate.Pretrains)));
    }

    [Theory]
    [InlineData(3.5, 1, 15L, 0)] // not even a pass: steps
    [InlineData(12.2, 1, null, 0)] // a pass: 10 s
    [InlineData(18, 2, 160L, 0)] // not two: steps, since a pass alone would leave much of the time
    [InlineData(34, 3, null, 0)] // three
    [InlineData(1000, 8, null, 0)] // never more than it may
    [InlineData(0, 1, 10L, 0)] // never fewer steps than ten
    public void WhatIsTriedUsesTheTime(double seconds, int epochs, long? steps, int pretraining) =>
        Assert.Equal(new(ModelSize.Tiny, 1e-3, epochs, steps, pretraining), new Candidate(ModelSize.Tiny, 1e-3, 8, false).Within(seconds, new(2, 0.1, 100)));

    [Theory]
    [InlineData(42, 2, null, 4)] // 40 s: 20 s for four passes over the texts, 20 s for two over the rows
    [InlineData(1000, 8, null, 8)] // never more than it may of either
    [InlineData(8, 1, 30L, 1)] // at least one pass over the texts, though it takes more than half of the time
    public void HalfOfTheTimeIsForTheTexts(double seconds, int epochs, long? steps, int pretraining) =>
        Assert.Equal(new(ModelSize.Tiny, 1e-3, epochs, steps, pretraining), new Candidate(ModelSize.Tiny, 1e-3, 8, true).Within(seconds, new(2, 0.1, 100, 5)));

    [Fact]
    public void ThePaceTellsWhatATrialTakes()
    {
        var pace = new Pace(2, 0.1, 100, 5);
        Assert.Equal(2 + 20 + 15, pace.Of(new(ModelSize.Tiny, 1e-3, 2, null, 3)));
        Assert.Equal(2 + 1.5, pace.Of(new(ModelSize.Tiny, 1e-3, 1, 15)), 1e-9);
    }
}
