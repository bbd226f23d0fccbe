using TorchSharp;

namespace MLNet.Transformers.Tests.Models;

/// <summary>While one stands, models are made of shapes alone: where only those are looked at, random values are a waste.</summary>
internal sealed class ShapesOnly : IDisposable
{
    private readonly torch.Device usual = torch.get_default_device();

    public ShapesOnly() => torch.set_default_device(torch.META);

    public void Dispose() => torch.set_default_device(usual);
}
