using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What tests ask of tensors.</summary>
internal static class Tensors
{
    /// <summary>All values, in order.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var flat = tensor.detach().to(ScalarType.Float64).contiguous();
        // TorchSharp's accessor cannot copy an empty tensor.
        return flat.numel() == 0 ? [] : flat.data<double>().ToArray();
    }

    /// <summary>Fails unless every value is within a tolerance of what was expected.</summary>
    public static void Equal(IReadOnlyList<double> expected, Tensor actual, double tolerance = 1e-5)
    {
        var values = Values(actual);
        Assert.Equal(expected.Count, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"value {i} is {values[i]}, not {expected[i]}");
    }

    /// <summary>Fails unless each weight of a model is, to the last bit, another model's of the same name.</summary>
    public static void EqualWeights(nn.Module expected, nn.Module actual, string where = "")
    {
        var weights = expected.state_dict();
        Assert.All(actual.state_dict(), pair => Assert.True(pair.Value.Equals(weights[pair.Key]), $"{where} {pair.Key}"));
    }
}
