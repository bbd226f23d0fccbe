using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Stack.Tests.Torch.NN;

/// <summary>What PyTorch computed for one case: named tensors from goldens.json, which goldens.py writes.</summary>
internal sealed class Golden
{
    private static readonly JsonDocument Document = Read();

    private readonly JsonElement tensors;

    private Golden(string name) => tensors = Document.RootElement.GetProperty(name);

    public static Golden Case(string name) => new(name);

    public Tensor this[string name]
    {
        get
        {
            var element = tensors.GetProperty(name);
            var shape = element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            var values = element.GetProperty("values").EnumerateArray().Select(value => (float)value.GetDouble()).ToArray();
            return tensor(values, shape);
        }
    }

    public double[] Numbers(string name) => [.. tensors.GetProperty(name).GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];

    public bool Has(string name) => tensors.TryGetProperty(name, out _);

    /// <summary>Fails unless a tensor has the golden's shape and, to 1e-5 of the greatest value, its numbers.</summary>
    public void Equals(string name, Tensor? actual)
    {
        using var expected = this[name];
        Assert.NotNull(actual);
        Assert.Equal(expected.shape, actual.shape);
        using var difference = (expected - actual.detach()).abs();
        var allowed = 1e-5 * Math.Max(1, expected.abs().max().item<float>());
        Assert.True(difference.max().item<float>() <= allowed, $"{name} differs by {difference.max().item<float>()}");
    }

    private static JsonDocument Read()
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream("Torch.NN.goldens.json")!;
        return JsonDocument.Parse(stream);
    }
}
