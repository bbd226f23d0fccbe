using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>The turns of a batch's positions, which <see cref="RotaryPositions"/> makes; owns its tensors.</summary>
public sealed class Rotation : IDisposable
{
    private readonly Tensor cosine;
    private readonly Tensor sine;
    private readonly RotaryLayout layout;

    internal Rotation(Tensor cosine, Tensor sine, RotaryLayout layout)
    {
        this.cosine = cosine;
        this.sine = sine;
        this.layout = layout;
    }

    /// <summary>Turns vectors by their positions.</summary>
    /// <param name="input">(…, length, size).</param>
    /// <returns>(…, length, size).</returns>
    /// <exception cref="ArgumentException">The input has other positions or another width.</exception>
    public Tensor Apply(Tensor input)
    {
        var (length, half) = (cosine.size(0), cosine.size(1));
        if (input.dim() < 2 || input.size(-2) != length || input.size(-1) != 2 * half)
            throw new ArgumentException($"Turns of {length} positions in vectors of {2 * half} columns do not fit ({string.Join(", ", input.shape)}).", nameof(input));
        var axis = layout == RotaryLayout.Halves ? -2 : -1;
        var last = input.dim() - 1; // unflatten takes no negative dimension.
        using var exact = input.to(cosine.dtype);
        using var pairs = layout == RotaryLayout.Halves ? exact.unflatten(last, 2, half) : exact.unflatten(last, half, 2);
        using var first = pairs.select(axis, 0);
        using var second = pairs.select(axis, 1);
        using var turnedFirst = first.mul(cosine).addcmul_(second, sine, -1);
        using var turnedSecond = second.mul(cosine).addcmul_(first, sine, 1);
        using var turned = stack([turnedFirst, turnedSecond], axis);
        using var joined = turned.flatten(-2);
        return joined.to(input.dtype);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cosine.Dispose();
        sine.Dispose();
    }
}
