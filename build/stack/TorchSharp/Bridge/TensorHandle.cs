using System.Runtime.InteropServices;

namespace TorchSharp.Bridge;

/// <summary>
/// An owned native tensor: freed once, by Dispose or by the finalizer, and never while a call uses it. Its memory is
/// made known to the garbage collector, which would otherwise see a few bytes where gigabytes wait to be freed.
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    // Below this the bookkeeping would cost more than it tells.
    private const int LeastPressure = 16;

    private readonly long pressure;

    internal TensorHandle(nint tensor, int ownedKibibytes = 0) : base(0, ownsHandle: true)
    {
        SetHandle(tensor);
        Interlocked.Increment(ref Live);
        if (ownedKibibytes >= LeastPressure)
        {
            pressure = (long)ownedKibibytes << 10;
            GC.AddMemoryPressure(pressure);
        }
    }

    /// <summary>How many native tensors C# owns.</summary>
    internal static long Live;

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.bridge_release(handle);
        Interlocked.Decrement(ref Live);
        if (pressure > 0)
        {
            GC.RemoveMemoryPressure(pressure);
        }
        return true;
    }
}
