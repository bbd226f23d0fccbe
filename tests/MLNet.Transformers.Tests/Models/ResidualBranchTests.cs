using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

public class ResidualBranchTests
{
    [Fact]
    public void WithNothingToDoThereIsNone()
    {
        Assert.Null(ResidualBranch.Of(4, null, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticDepth(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StochasticDepth(-0.1));
    }

    [Fact]
    public void WholeExamplesAreDroppedAndTheOthersMakeUpForIt()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var depth = new StochasticDepth(0.25);
        var dropped = depth.call(ones(4000, 2, 3));
        var rows = dropped.flatten(1);
        Assert.True((rows.eq(rows.narrow(1, 0, 1)).all()).item<bool>());
        var values = Tensors.Values(rows.select(1, 0));
        Assert.Equal([0.0, 4 / 3.0], values.Select(value => Math.Round(value, 6)).Distinct().Order().Select(value => value == 0 ? 0 : 4 / 3.0));
        // Four standard deviations of the mean of 4000 such rows.
        Assert.InRange(values.Average(), 1 - 4 * Math.Sqrt(1 / 3.0 / 4000), 1 + 4 * Math.Sqrt(1 / 3.0 / 4000));

        depth.eval();
        Assert.Equal(1, depth.call(ones(2, 2)).mean().item<float>());
    }

    [Fact]
    public void EveryColumnHasItsFactor()
    {
        using var scope = NewDisposeScope();
        using var branch = ResidualBranch.Of(3, 0.1, 0.5)!;
        branch.eval();
        using (no_grad())
            branch.parameters().Single().copy_(tensor([1f, 2f, 3f]));
        Tensors.Equal([1, 4, 9, 4, 10, 18], branch.call(tensor([1f, 2f, 3f, 4f, 5f, 6f]).view(1, 2, 3)));
    }
}
