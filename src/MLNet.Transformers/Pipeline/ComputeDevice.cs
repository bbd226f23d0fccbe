using Microsoft.ML.Runtime;
using TorchSharp;

namespace MLNet.Transformers.Pipeline;

/// <summary>Where a model runs: what the options say, else the context's GPU, else the CPU.</summary>
internal static class ComputeDevice
{
    /// <exception cref="InvalidOperationException">The GPU asked for is not there, and the context does not allow falling back to the CPU.</exception>
    public static torch.Device Choose(IHost host, int? gpuDeviceId)
    {
        var settings = host as IHostEnvironmentInternal;
        if ((gpuDeviceId ?? settings?.GpuDeviceId) is not { } gpu)
            return torch.CPU;
        if (torch.cuda.is_available() && gpu >= 0 && gpu < torch.cuda.device_count())
            return new torch.Device(DeviceType.CUDA, gpu);
        var problem = $"GPU {gpu} is not available ({(torch.cuda.is_available() ? torch.cuda.device_count() : 0)} found)";
        if (!(settings?.FallbackToCpu ?? false))
            throw new InvalidOperationException($"{problem}. Set MLContext.FallbackToCpu to run on the CPU instead.");
        using var channel = host.Start(nameof(ComputeDevice));
        channel.Warning(MessageSensitivity.None, "{0}: running on the CPU.", problem);
        return torch.CPU;
    }
}
