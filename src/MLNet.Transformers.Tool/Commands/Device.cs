using System.Globalization;
using TorchSharp;

namespace MLNet.Transformers.Tool.Commands;

/// <summary>What <c>--device</c> says to compute on.</summary>
/// <param name="CudaIndex">The number of a CUDA device; null for the processor.</param>
/// <param name="IsAutomatic">Whether it is the first CUDA device where there is one, and the processor elsewhere.</param>
internal sealed record Device(int? CudaIndex, bool IsAutomatic)
{
    private const string Cuda = "cuda";

    /// <summary>Reads <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c> or <c>auto</c>; null where it is none of them.</summary>
    public static Device? Parse(string text) => text switch
    {
        "cpu" => new(null, false),
        "auto" => new(null, true),
        Cuda => new(0, false),
        _ when text.StartsWith($"{Cuda}:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Cuda.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => new(index, false),
        _ => null,
    };

    /// <summary>The CUDA device to use; null for the processor.</summary>
    /// <exception cref="InputException">There is no such device.</exception>
    public int? GpuDeviceId()
    {
        if (!IsAutomatic && CudaIndex is null)
            return null;
        var devices = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (IsAutomatic)
            return devices > 0 ? 0 : null;
        if (CudaIndex >= devices)
            throw new InputException($"--device {Cuda}:{CudaIndex}: " + (devices == 0
                ? "this machine has no CUDA device that can be used; leave the option away, or give cpu."
                : $"the CUDA devices here are {Cuda}:0 to {Cuda}:{devices - 1}."));
        return CudaIndex;
    }
}
