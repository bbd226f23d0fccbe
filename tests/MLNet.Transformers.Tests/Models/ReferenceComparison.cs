using MLNet.Transformers.Models;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What is computed against what a program of the folder Reference has computed.</summary>
internal sealed class ReferenceComparison(ITestOutputHelper output)
{
    /// <summary>Fails unless every value is within 1e-5, beyond 1 relatively, of what was expected.</summary>
    public void Equal(string what, Tensor expected, Tensor actual)
    {
        Assert.True(expected.shape.SequenceEqual(actual.shape), $"{what} is ({string.Join(", ", actual.shape)}), not ({string.Join(", ", expected.shape)})");
        using var scope = NewDisposeScope();
        var scale = expected.abs().clamp_min(1);
        var difference = (actual.detach().to(ScalarType.Float64) - expected).div(scale).abs().max().item<double>();
        if (!what.Contains("gradient", StringComparison.Ordinal))
            output.WriteLine($"{what} differs by {difference:g2}");
        Assert.True(difference <= 1e-5, $"{what} differs by {difference}");
    }

    /// <summary>The name that name tables use: a head bears its class's.</summary>
    public static string InTables(string ours, nn.Module head) =>
        ours.StartsWith("head.", StringComparison.Ordinal) ? head.GetType().Name + ours["head".Length..] : ours;

    /// <summary>Whether there is a gradient of a tensor.</summary>
    public static bool HasGradient(IWeights expected, PublishedTensor published) => published.Names.All(name => expected.Tensors.ContainsKey("gradient." + name));

    /// <summary>The gradient of a tensor of ours.</summary>
    /// <param name="expected">Has the gradients of published tensors.</param>
    /// <param name="published">Where the tensor is published.</param>
    /// <param name="shape">Its shape.</param>
    public static Tensor Gradient(IWeights expected, PublishedTensor published, long[] shape)
    {
        var parts = published.Names.Select(name => expected.Read("gradient." + name)).Select(part => published.Form switch
        {
            PublishedForm.Transposed when part.dim() == 2 => part.t(),
            PublishedForm.Row => part.squeeze(0),
            _ => part,
        });
        var whole = cat([.. parts], 0);
        var size = whole.size(0) / published.Parts;
        var own = whole.narrow(0, published.Part * size, size);
        return published.Form == PublishedForm.Bare ? own.reshape(shape) : own;
    }
}
