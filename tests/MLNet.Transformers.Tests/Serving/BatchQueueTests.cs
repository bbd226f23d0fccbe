using System.Diagnostics;
using MLNet.Transformers.Serving.Batching;

namespace MLNet.Transformers.Tests.Serving;

public class BatchQueueTests
{
    [Fact]
    public void ItTakesWhatIsThereInOrder()
    {
        var queue = new BatchQueue<int>(10);
        queue.Add([1, 2, 3]);
        queue.Add([4]);
        Assert.Equal([1, 2, 3], Take(queue, 3));
        Assert.Equal([4], Take(queue, 3));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void AllItemsAreTakenOrNone()
    {
        var queue = new BatchQueue<int>(3);
        Assert.Equal(Admission.Accepted, queue.Add([1, 2]));
        Assert.Equal(Admission.Full, queue.Add([3, 4]));
        Assert.Equal(Admission.Accepted, queue.Add([5]));
        Assert.Equal(Admission.Accepted, queue.Add([]));
        Assert.Equal([1, 2, 5], Take(queue, 9));
    }

    [Fact]
    public void WhatIsRemovedMakesRoomAndTheOthersKeepTheirOrder()
    {
        var queue = new BatchQueue<int>(4);
        queue.Add([1, 2, 3, 4]);
        Assert.Equal(2, queue.Remove(item => item % 2 == 0));
        Assert.Equal(Admission.Accepted, queue.Add([5, 6]));
        Assert.Equal([1, 3, 5, 6], Take(queue, 9));
        Assert.Equal(0, queue.Remove(_ => true));
    }

    [Fact]
    public void ACompletedQueueGivesWhatItHasAndTakesNothing()
    {
        var queue = new BatchQueue<int>(3);
        queue.Add([1]);
        queue.Complete();
        Assert.Equal(Admission.Closed, queue.Add([2]));
        Assert.Equal([1], Take(queue, 9));
        Assert.False(queue.Take(9, TimeSpan.Zero, []));
    }

    [Fact]
    public async Task WhoWaitsIsWokenByAnItemAndByTheEnd()
    {
        var queue = new BatchQueue<int>(3);
        var first = Task.Run(() => Take(queue, 9));
        await Task.Delay(50);
        Assert.False(first.IsCompleted);
        queue.Add([1]);
        Assert.Equal([1], await first.WaitAsync(TimeSpan.FromSeconds(10)));
        var second = Task.Run(() => queue.Take(9, TimeSpan.Zero, []));
        await Task.Delay(50);
        queue.Complete();
        Assert.False(await second.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task ABatchWaitsForOthersUntilItIsFullOrTheTimeIsOver()
    {
        var queue = new BatchQueue<int>(10);
        var full = Task.Run(() => Take(queue, 2, TimeSpan.FromMinutes(1)));
        queue.Add([1]);
        await Task.Delay(50);
        Assert.False(full.IsCompleted);
        queue.Add([2]);
        Assert.Equal([1, 2], await full.WaitAsync(TimeSpan.FromSeconds(10)));

        queue.Add([3]);
        var watch = Stopwatch.StartNew();
        Assert.Equal([3], Take(queue, 2, TimeSpan.FromMilliseconds(100)));
        Assert.InRange(watch.ElapsedMilliseconds, 95, 10_000);
    }

    private static List<int> Take(BatchQueue<int> queue, int most, TimeSpan wait = default)
    {
        var batch = new List<int>();
        Assert.True(queue.Take(most, wait, batch));
        return batch;
    }
}
