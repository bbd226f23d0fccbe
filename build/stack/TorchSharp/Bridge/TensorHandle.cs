using System.Runtime.InteropServices;

namespace TorchSharp.Bridge;

/// <summary>
/// An owned native tensor: freed once, by Dispose or by the finalizer, and never while a call uses it. Its memory is
/// counted, since the garbage collector sees a few bytes where gigabytes may wait to be freed.
/// </summary>
internal sealed class TensorHandle : SafeHandle
{
    // Below this the counting would cost more than it tells.
    private const int LeastKibibytes = 16;

    private readonly long bytes;

    internal TensorHandle(nint tensor, int ownedKibibytes = 0) : base(0, ownsHandle: true)
    {
        SetHandle(tensor);
        Interlocked.Increment(ref Live);
        if (ownedKibibytes >= LeastKibibytes)
        {
            bytes = (long)ownedKibibytes << 10;
            TensorMemory.Add(bytes);
        }
    }

    /// <summary>How many native tensors C# owns.</summary>
    internal static long Live;

    public override bool IsInvalid => handle == 0;

    /// <summary>The address, which stays valid until <see cref="LetGo"/>.</summary>
    internal nint Hold()
    {
        if (IsInvalid)
        {
            throw Invalid();
        }
        var held = false;
        try
        {
            DangerousAddRef(ref held);
        }
        catch (ObjectDisposedException)
        {
            throw Invalid();
        }
        return handle;
    }

    internal void LetGo() => DangerousRelease();

    internal static InvalidOperationException Invalid() => new("Tensor invalid -- empty handle.");

    protected override bool ReleaseHandle()
    {
        NativeMethods.bridge_release(handle);
        Interlocked.Decrement(ref Live);
        if (bytes > 0)
        {
            TensorMemory.Remove(bytes);
        }
        return true;
    }
}
