using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>A run of elements that tensors may share.</summary>
/// <param name="Type">Type of an element.</param>
/// <param name="Key">Which of the file's storages it lies in.</param>
/// <param name="Start">Its first element in that storage.</param>
/// <param name="Count">Number of elements.</param>
internal sealed record TorchStorage(ScalarType Type, string Key, long Start, long Count);

/// <summary>A tensor as a pickle describes it: a strided view of a storage.</summary>
/// <param name="Storage">Where its elements are.</param>
/// <param name="Start">Its first element in the storage.</param>
/// <param name="Shape">Size of each dimension.</param>
/// <param name="Strides">Elements from one index to the next, for each dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Start, long[] Shape, long[] Strides)
{
    /// <summary>Number of elements of the storage from the tensor's first to its last; -1 when the description is impossible.</summary>
    public long Span { get; } = SpanOf(Shape, Strides);

    /// <summary>Whether the tensor lies within its storage.</summary>
    public bool IsWithinStorage => Span >= 0 && Start >= 0 && Start <= Storage.Count - Span;

    private static long SpanOf(long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || strides.Any(stride => stride < 0) || TensorExtent.Elements(shape) is not { } elements)
            return -1;
        if (elements == 0)
            return 0;
        Int128 last = 0;
        foreach (var (size, stride) in shape.Zip(strides))
            last += (Int128)(size - 1) * stride;
        return last < long.MaxValue ? (long)last + 1 : -1;
    }
}
