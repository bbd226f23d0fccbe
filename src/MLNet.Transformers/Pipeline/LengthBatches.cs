using static TorchSharp.torch;

namespace MLNet.Transformers.Pipeline;

/// <summary>Cuts rows, the longest first, into batches so that their forward passes together cost the least.</summary>
internal static class LengthBatches
{
    /// <summary>The cost of a pass where there should be as few as the budget allows.</summary>
    public const int AsFew = int.MaxValue;

    /// <summary>
    /// What a pass costs beside its elements, in elements. On a processor it is what a small encoder takes for the calls alone, about
    /// 0.8 ms; a larger one's elements cost more and its calls as much. A GPU computes a few rows as fast as one.
    /// </summary>
    public static int PassCostOn(Device device) => device.type == TorchSharp.DeviceType.CPU ? 64 : AsFew;

    /// <summary>How many rows each batch has.</summary>
    /// <param name="lengths">The rows' lengths, the greatest first; a batch is padded to its first.</param>
    /// <param name="budget">The most elements of a batch, padding included; a longer row goes by itself.</param>
    /// <param name="passCost">What a batch costs beside its elements, in elements.</param>
    public static IReadOnlyList<int> Cut(IReadOnlyList<int> lengths, int budget, int passCost)
    {
        // Of the first so many rows: the least that they cost, and where the last batch of them begins.
        var costs = new long[lengths.Count + 1];
        var starts = new int[lengths.Count + 1];
        for (var end = 1; end <= lengths.Count; end++)
        {
            costs[end] = long.MaxValue;
            for (var start = end - 1; start >= 0; start--)
            {
                var elements = (long)(end - start) * Math.Max(1, lengths[start]);
                if (elements > budget && end - start > 1)
                    break;
                if (costs[start] + passCost + elements < costs[end])
                    (costs[end], starts[end]) = (costs[start] + passCost + elements, start);
            }
        }
        var counts = new Stack<int>();
        for (var end = lengths.Count; end > 0; end = starts[end])
            counts.Push(end - starts[end]);
        return [.. counts];
    }
}
