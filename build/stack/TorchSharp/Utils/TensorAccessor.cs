using System.Collections;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a CPU tensor, in row-major order whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T* first;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
        {
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        }
        this.tensor = tensor;
        first = (T*)tensor.Address();
        shape = tensor.shape;
        strides = tensor.stride();
        contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => *At(indices);
        set => *At(indices) = value;
    }

    public T[] ToArray()
    {
        var values = new T[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>An array of as many dimensions as the tensor (one for a single number).</summary>
    public Array ToNDArray()
    {
        if (shape.Length == 0)
        {
            return new[] { *first };
        }
        var array = Array.CreateInstance(typeof(T), shape);
        var bytes = System.Runtime.InteropServices.MemoryMarshal.CreateSpan(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array), checked((int)(Count * sizeof(T))));
        CopyTo(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(bytes));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(target.Length, Remaining(tensorIndex));
        if (contiguous)
        {
            new ReadOnlySpan<T>(first + tensorIndex, count).CopyTo(target);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = first[Offset(tensorIndex + i)];
            }
        }
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(source.Length, Remaining(tensorIndex));
        for (var i = 0; i < count; i++)
        {
            first[Offset(tensorIndex + i)] = source[i];
        }
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
        {
            yield return this[i];
        }
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.SequenceEqual(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !(left == right);

    public override bool Equals(object? obj) => obj is TensorAccessor<T> other && this == other;

    public override int GetHashCode() => tensor.GetHashCode();

    /// <summary>Nothing to free: the tensor is its owner's.</summary>
    public void Dispose()
    {
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T* At(long[] indices)
    {
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        if (indices.Length == 1)
        {
            return indices[0] >= 0 && indices[0] < Count ? first + Offset(indices[0]) : throw new IndexOutOfRangeException();
        }
        if (indices.Length != shape.Length)
        {
            throw new IndexOutOfRangeException($"{indices.Length} indices for {shape.Length} dimensions.");
        }
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i])
            {
                throw new IndexOutOfRangeException($"{indices[i]} >= {shape[i]} in dimension {i}.");
            }
            offset += indices[i] * strides[i];
        }
        return first + offset;
    }

    private long Remaining(long start)
    {
        ObjectDisposedException.ThrowIf(tensor.IsInvalid, tensor);
        return start >= 0 && (start < Count || (start == 0 && Count == 0)) ? Count - start : throw new ArgumentOutOfRangeException(nameof(start));
    }

    private long Offset(long position)
    {
        if (contiguous)
        {
            return position;
        }
        var offset = 0L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            (position, var index) = Math.DivRem(position, shape[i]);
            offset += index * strides[i];
        }
        return offset;
    }
}
