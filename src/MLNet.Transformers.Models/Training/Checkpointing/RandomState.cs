using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Where TorchSharp's random numbers stand, to draw the same ones again.</summary>
internal sealed class RandomState : IDisposable
{
    private readonly Tensor? state;
    private readonly long seed;

    private RandomState(Tensor? state, long seed) => (this.state, this.seed) = (state, seed);

    /// <summary>Remembers where they stand. Off the CPU, whose state alone can be read, they start anew from a number that is drawn first.</summary>
    public static RandomState Capture(Device device)
    {
        if (device.type == DeviceType.CPU)
            return new(get_rng_state(), 0);
        using var number = randint(long.MaxValue, [1], ScalarType.Int64);
        manual_seed(number.item<long>());
        return new(null, number.item<long>());
    }

    /// <summary>Goes back there.</summary>
    public void Restore()
    {
        if (state is null)
            manual_seed(seed);
        else
            set_rng_state(state);
    }

    /// <inheritdoc/>
    public void Dispose() => state?.Dispose();
}
