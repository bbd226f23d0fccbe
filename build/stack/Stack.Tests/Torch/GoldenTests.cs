using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch;

/// <summary>Every case of Goldens/make.py: the same outputs and gradients as PyTorch's own.</summary>
public class GoldenTests
{
    private const double Tolerance = 1e-9;
    private static readonly Dictionary<string, JsonElement> Goldens = Read();

    public static TheoryData<string> Names => [.. Goldens.Keys];

    [Fact]
    public void KnowsEveryCaseOnBothSides() => Assert.Equal(Goldens.Keys.Order(), GoldenCases.All.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Goldens[name];
        var inputs = golden.GetProperty("inputs").EnumerateArray().Select(TensorOf).ToArray();
        var gradients = golden.GetProperty("gradients").EnumerateArray().ToArray();
        foreach (var input in inputs.Where(input => gradients.Length > 0 && input.is_floating_point()))
        {
            input.requires_grad_();
        }

        var outputs = GoldenCases.All[name](inputs);

        var expected = golden.GetProperty("outputs").EnumerateArray().ToArray();
        Assert.Equal(expected.Length, outputs.Length);
        for (var i = 0; i < outputs.Length; i++)
        {
            AssertEqual(expected[i], outputs[i]);
        }
        if (gradients.Length > 0)
        {
            var first = outputs[0].is_complex() ? outputs[0].view_as_real() : outputs[0];
            (first * (1 + (arange(first.numel()).to(first.dtype).view(first.shape) * 0.1))).sum().backward();
            for (var i = 0; i < inputs.Length; i++)
            {
                if (gradients[i].ValueKind != JsonValueKind.Null)
                {
                    AssertEqual(gradients[i], inputs[i].grad!);
                }
            }
        }
    }

    private static void AssertEqual(JsonElement expected, Tensor actual)
    {
        var real = actual.is_complex() ? actual.view_as_real() : actual;
        using var wanted = TensorOf(expected);
        Assert.Equal(wanted.dtype, real.dtype);
        Assert.Equal(wanted.shape, real.shape);
        using var ours = real.detach().to(float64);
        using var theirs = wanted.to(float64);
        Assert.True(ours.allclose(theirs, Tolerance, Tolerance, equal_nan: true), $"expected {theirs.npstr()}\nbut got {ours.npstr()}");
    }

    private static Tensor TensorOf(JsonElement stored)
    {
        var shape = stored.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var values = stored.GetProperty("values").EnumerateArray();
        return stored.GetProperty("dtype").GetString() switch
        {
            "bool" => tensor(values.Select(value => value.GetBoolean()).ToArray(), shape),
            "int64" => tensor(values.Select(value => value.GetInt64()).ToArray(), shape),
            "float32" => tensor(values.Select(value => value.GetSingle()).ToArray(), shape),
            "float64" => tensor(values.Select(value => value.GetDouble()).ToArray(), shape),
            var dtype => throw new InvalidDataException($"The goldens hold a tensor of {dtype}."),
        };
    }

    private static Dictionary<string, JsonElement> Read()
    {
        using var stream = typeof(GoldenTests).Assembly.GetManifestResourceStream("Torch.goldens.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stream)!;
    }
}
