using System.Text.Json;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Compares tensors with what a program of the folder Reference says of them: type, shape and values by name.</summary>
internal static class StoredTensors
{
    public static void Equal(JsonElement expected, IWeights actual)
    {
        using var scope = NewDisposeScope();
        Equal(expected, [.. actual.Tensors.Select(pair => (pair.Key, actual.Read(pair.Key)))]);
        Assert.All(expected.EnumerateObject(), entry => Assert.Equal(Shape(entry.Value), actual.Tensors[entry.Name].Shape));
    }

    public static void Equal(JsonElement expected, IReadOnlyList<(string Name, Tensor Tensor)> actual)
    {
        Assert.Equal(expected.EnumerateObject().Select(entry => entry.Name).Order(), actual.Select(pair => pair.Name).Order());
        foreach (var (name, tensor) in actual)
        {
            var entry = expected.GetProperty(name);
            Assert.Equal(entry.GetProperty("type").GetString(), TypeName(tensor.dtype));
            Assert.Equal(Shape(entry), tensor.shape);
            Assert.Equal(Golden.Numbers(entry.GetProperty("values")), Tensors.Values(tensor));
        }
    }

    private static IEnumerable<long> Shape(JsonElement entry) => entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64());

    private static string TypeName(ScalarType type) => type == ScalarType.Byte ? "torch.uint8" : $"torch.{type.ToString().ToLowerInvariant()}";
}
