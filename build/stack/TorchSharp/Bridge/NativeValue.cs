using System.Runtime.InteropServices;

namespace TorchSharp.Bridge;

/// <summary>What a boxed value holds; the same list as in bridge/torch_bridge.h.</summary>
internal enum ValueKind
{
    Default, None, Bool, Int, Double, Complex, Tensor, String, Device, Generator, Bools, Ints, Doubles, Tensors,
}

/// <summary>A boxed argument or result as it crosses to C++.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal ValueKind Kind;
    internal int Count;
    internal long Bits;

    internal readonly double Real => BitConverter.Int64BitsToDouble(Bits);
}
