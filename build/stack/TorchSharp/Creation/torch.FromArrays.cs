using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Bridge;

namespace TorchSharp;

// How given numbers become a tensor: always by a copy.
public static partial class torch
{
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var element = rawArray.GetType().GetElementType()!;
        return element == typeof(bool) ? MadeFrom<bool>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(byte) ? MadeFrom<byte>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(sbyte) ? MadeFrom<sbyte>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(short) ? MadeFrom<short>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(int) ? MadeFrom<int>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(long) ? MadeFrom<long>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(Half) ? MadeFrom<Half>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(float) ? MadeFrom<float>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(double) ? MadeFrom<double>(rawArray, dtype, device, requires_grad, names)
            : element == typeof((float, float)) ? MadeFrom<(float, float)>(rawArray, dtype, device, requires_grad, names)
            : element == typeof(Complex) ? MadeFrom<Complex>(rawArray, dtype, device, requires_grad, names)
            : throw new NotSupportedException($"The type {element.FullName} is not supported.");
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => data.to(dtype ?? data.dtype, device ?? data.device).alias();

    private static Tensor MadeFrom<T>(Array values, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        var shape = new long[values.Rank];
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = values.GetLength(i);
        }
        var elements = MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(values), checked(values.Length * Unsafe.SizeOf<T>()));
        return Made(MemoryMarshal.Cast<byte, T>(elements), shape, dtype, device, requires_grad, names);
    }

    private static unsafe Tensor Made<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad, string[]? names = null) where T : unmanaged
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count *= size;
        }
        if (count != values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {count} vs. {values.Length}");
        }
        var source = ToScalarType(typeof(T));
        var target = InitializeDevice(device);
        var tensor = Operators.Call("aten::empty.memory_format", shape.ToArray(), source, Argument.Default, CPU);
        values.CopyTo(new Span<T>((void*)tensor.Address(), values.Length));
        if ((dtype ?? source) != source || target.type != DeviceType.CPU)
        {
            using var original = tensor;
            tensor = original.to(dtype ?? source, target);
        }
        return With(tensor, requires_grad, names);
    }

    private static ReadOnlySpan<T> Items<T>(IList<T> list) => list switch
    {
        T[] array => array,
        List<T> items => CollectionsMarshal.AsSpan(items),
        _ => list.ToArray(),
    };
}
