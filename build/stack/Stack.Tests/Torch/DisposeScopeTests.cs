using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

public class DisposeScopeTests
{
    [Fact]
    public void DisposesWhatWasMadeInIt()
    {
        Tensor made;
        using (var scope = NewDisposeScope())
        {
            made = ones(2);
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(made));
            Assert.Same(scope, CurrentDisposeScope);
        }
        Assert.True(made.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void MovesOutwardsOneScopeAtATime()
    {
        Tensor kept;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                kept = ones(2).MoveToOuterDisposeScope();
            }
            Assert.False(kept.IsInvalid);
            Assert.True(outer.Contains(kept));
        }
        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void LetsGoOfWhatIsDetached()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = ones(2).DetachFromDisposeScope();
        }
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void LetsGoOfWhatHasNoOuterScope()
    {
        Tensor kept;
        using (NewDisposeScope())
        {
            kept = ones(2).MoveToOuterDisposeScope();
        }
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void TakesInAndHandsOver()
    {
        var stray = ones(2);
        using var first = NewDisposeScope();
        using var second = NewDisposeScope();
        first.Attach(stray);
        Assert.True(first.Contains(stray));
        stray.MoveToOtherDisposeScope(second);
        Assert.False(first.Contains(stray));
        Assert.True(second.Contains(stray));
    }

    [Fact]
    public void KeepsOnlyWhatItIsTold()
    {
        using var scope = NewDisposeScope();
        var (kept, dropped) = (ones(2), ones(3));
        Assert.Same(kept, scope.DisposeEverythingBut(kept));
        Assert.False(kept.IsInvalid);
        Assert.True(dropped.IsInvalid);
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void ForgetsWhatWasDisposedByHand()
    {
        using var scope = NewDisposeScope();
        ones(2).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void ReturnsAResultAndNothingElse()
    {
        Tensor? between = null;
        using var result = WrappedTensorDisposeScope(() => (between = ones(2)) + 1);
        Assert.True(between!.IsInvalid);
        Assert.Equal(4f, result.sum().item<float>());
    }

    [Fact]
    public void CollectsWhatAnOperatorThrewAwayOnItsWayToAnError()
    {
        using var scope = NewDisposeScope();
        var count = scope.DisposablesCount;
        Assert.ThrowsAny<Exception>(() => nn.functional.scaled_dot_product_attention(ones(1, 2, 3), ones(1, 2, 4), ones(1, 2, 3)));
        Assert.Equal(3, scope.DisposablesCount - count);
    }

    [Fact]
    public void BelongsToItsThread()
    {
        using var scope = NewDisposeScope();
        Tensor? made = null;
        var thread = new Thread(() =>
        {
            Assert.Null(CurrentDisposeScope);
            made = ones(2);
        });
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(made!));
        made!.Dispose();
    }

    [Fact]
    public void CountsWhatBecameOfItsTensors()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        using (NewDisposeScope())
        {
            _ = ones(2);
            ones(2).DetachFromDisposeScope().Dispose();
        }
        ones(2).Dispose();
        Assert.Equal((2, 1, 1), (statistics.CreatedInScopeCount, statistics.CreatedOutsideScopeCount, statistics.DetachedFromScopeCount));
        Assert.Equal((1, 2), (statistics.DisposedInScopeCount, statistics.DisposedOutsideScopeCount));
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void MayEndInAnyOrder()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }
}
