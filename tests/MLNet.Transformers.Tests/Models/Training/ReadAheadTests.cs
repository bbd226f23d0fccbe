using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

public class ReadAheadTests
{
    [Fact]
    public async Task EverythingComesInOrderAndIsDisposed()
    {
        var made = new List<Made>();
        var taken = new List<int>();
        foreach (var making in ReadAhead.Select(Enumerable.Range(0, 20), Make(made)))
        {
            var current = await making;
            Assert.False(current.IsDisposed);
            taken.Add(current.Number);
        }
        Assert.Equal(Enumerable.Range(0, 20), taken);
        Assert.Equal(20, made.Count);
        Assert.All(made, item => Assert.True(item.IsDisposed));
    }

    [Fact]
    public void NothingIsReadFurtherAheadThanOne()
    {
        var read = 0;
        foreach (var (index, making) in ReadAhead.Select(Enumerable.Range(0, 9).Select(_ => read++), _ => new Made(0)).Index())
            Assert.Equal(Math.Min(9, index + 2), read);
    }

    [Fact]
    public async Task TheNextIsMadeWhileTheLastIsUsed()
    {
        using var begun = new ManualResetEventSlim();
        foreach (var making in ReadAhead.Select([0, 1], number =>
        {
            if (number == 1)
                begun.Set();
            return new Made(number);
        }))
        {
            await making;
            Assert.True(begun.Wait(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public async Task WhoLeavesEarlyLeavesNothingBehind()
    {
        var made = new List<Made>();
        foreach (var making in ReadAhead.Select(Enumerable.Range(0, 20), Make(made)))
            if ((await making).Number == 3)
                break;
        Assert.Equal(5, made.Count);
        Assert.All(made, item => Assert.True(item.IsDisposed));
    }

    [Fact]
    public async Task WhatFailsFailsWhereItIsTaken()
    {
        var made = new List<Made>();
        var taken = 0;
        Assert.Equal("2", (await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            foreach (var making in ReadAhead.Select(Enumerable.Range(0, 20), number => number == 2 ? throw new InvalidDataException("2") : Make(made)(number)))
            {
                await making;
                taken++;
            }
        })).Message);
        Assert.Equal(2, taken);
        Assert.All(made, item => Assert.True(item.IsDisposed));
    }

    private static Func<int, Made> Make(List<Made> made) => number =>
    {
        var item = new Made(number);
        lock (made)
            made.Add(item);
        return item;
    };

    private sealed class Made(int number) : IDisposable
    {
        public int Number => number;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
