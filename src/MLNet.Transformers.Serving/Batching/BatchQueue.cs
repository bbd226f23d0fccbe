using System.Diagnostics;

namespace MLNet.Transformers.Serving.Batching;

/// <summary>What waits for the model: many threads add to it, one takes batches from it.</summary>
/// <param name="capacity">The most that may wait.</param>
internal sealed class BatchQueue<T>(int capacity)
{
    private readonly object gate = new();
    private readonly Queue<T> waiting = new();
    private bool completed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>Adds all of the items, or none where there is no room for all.</summary>
    public Admission Add(IReadOnlyCollection<T> items)
    {
        lock (gate)
        {
            if (completed)
            {
                return Admission.Closed;
            }
            if (waiting.Count + items.Count > capacity)
            {
                return Admission.Full;
            }
            foreach (var item in items)
            {
                waiting.Enqueue(item);
            }
            Monitor.Pulse(gate);
            return Admission.Accepted;
        }
    }

    /// <summary>Waits for an item, then for more of them until there are enough or the time is over, and takes them.</summary>
    /// <returns>Whether there are any: none come when the queue is completed and empty.</returns>
    public bool Take(int most, TimeSpan wait, List<T> batch)
    {
        lock (gate)
        {
            while (waiting.Count == 0)
            {
                if (completed)
                {
                    return false;
                }
                Monitor.Wait(gate);
            }
            var start = Stopwatch.GetTimestamp();
            while (waiting.Count < most && !completed && wait - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left)
            {
                // Rounded up: a wait of no millisecond would return at once, again and again.
                Monitor.Wait(gate, (int)Math.Ceiling(left.TotalMilliseconds));
            }
            while (batch.Count < most && waiting.TryDequeue(out var item))
            {
                batch.Add(item);
            }
            return true;
        }
    }

    /// <summary>Removes items that wait; the result is how many.</summary>
    public int Remove(Predicate<T> which)
    {
        lock (gate)
        {
            var count = waiting.Count;
            for (var left = count; left > 0; left--)
            {
                var item = waiting.Dequeue();
                if (!which(item))
                {
                    waiting.Enqueue(item);
                }
            }
            return count - waiting.Count;
        }
    }

    /// <summary>Refuses what comes from now on; what waits is still taken.</summary>
    public void Complete()
    {
        lock (gate)
        {
            completed = true;
            Monitor.PulseAll(gate);
        }
    }
}
