namespace TorchSharp.Bridge;

/// <summary>
/// Counts the native memory behind the tensors that C# owns, and sends the garbage collector after forgotten ones
/// whenever it has doubled. <see cref="GC.AddMemoryPressure"/> is made for this, but collects at every few megabytes
/// that come and go, disposed or not: twenty full collections a training step.
/// </summary>
internal static class TensorMemory
{
    private const long Never = long.MaxValue;
    private static readonly long Least = Math.Min(512L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);
    private static readonly AutoResetEvent Full = new(initialState: false);
    private static long live;
    private static long limit = Least;
    private static Thread? collector;

    internal static void Add(long bytes)
    {
        var allowed = Volatile.Read(ref limit);
        // Whoever crosses the limit first lifts it until the collection is done.
        if (Interlocked.Add(ref live, bytes) > allowed && Interlocked.CompareExchange(ref limit, Never, allowed) == allowed)
        {
            Collect();
        }
    }

    internal static void Remove(long bytes) => Interlocked.Add(ref live, -bytes);

    // On a thread of its own, since waiting for finalizers under a caller's locks could wait for ever.
    private static void Collect()
    {
        if (collector is null)
        {
            collector = new Thread(Run) { IsBackground = true, Name = "Tensor memory" };
            collector.Start();
        }
        Full.Set();
    }

    private static void Run()
    {
        while (Full.WaitOne())
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Volatile.Write(ref limit, Math.Max(Least, 2 * Volatile.Read(ref live)));
        }
    }
}
