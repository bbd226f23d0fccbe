using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What a layer adds to its input.</summary>
internal static class ResidualSum
{
    /// <summary>The sum, into the sublayer's own memory: no gradient needs a sublayer's output.</summary>
    /// <param name="sublayer">What is added, and taken over.</param>
    /// <param name="residual">What it is added to, (batch, length, hidden); where the sublayer tells of fewer positions, its first ones.</param>
    /// <param name="dropout">Drops of the sublayer's output in training.</param>
    public static Tensor Add(Tensor sublayer, Tensor residual, Dropout dropout)
    {
        if (residual.size(1) > sublayer.size(1))
        {
            using var first = residual.narrow(1, 0, sublayer.size(1));
            return Add(sublayer, first, dropout);
        }
        if (!dropout.training)
            return sublayer.add_(residual);
        using (sublayer)
            return dropout.forward(sublayer).add_(residual);
    }

    /// <summary>A sublayer with its norm, before it or after the sum.</summary>
    /// <param name="order">Where the norm stands: <see cref="NormOrder.Pre"/> or <see cref="NormOrder.Post"/>.</param>
    /// <param name="hidden">What goes in, and is added to.</param>
    /// <param name="norm">The sublayer's norm.</param>
    /// <param name="sublayer">Gives what is added, to be taken over.</param>
    /// <param name="dropout">Drops of the sublayer's output in training.</param>
    public static Tensor Around(NormOrder order, Tensor hidden, Module<Tensor, Tensor> norm, Func<Tensor, Tensor> sublayer, Dropout dropout)
    {
        if (order == NormOrder.Pre)
        {
            using var ready = norm.call(hidden);
            return Add(sublayer(ready), hidden, dropout);
        }
        using var sum = Add(sublayer(hidden), hidden, dropout);
        return norm.call(sum);
    }
}
