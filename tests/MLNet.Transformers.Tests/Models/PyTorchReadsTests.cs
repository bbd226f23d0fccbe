using System.Text.Json;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What we save opens in PyTorch: Python reads our files by the published rules of their format, with code of its own.</summary>
public class PyTorchReadsTests
{
    [PyTorchFact]
    public void ASavedModelOpensInPyTorch()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        manual_seed(1);
        using var model = TextModel.ForClassification(TinyConfigs.All["bert"]);
        PretrainedFolder.Save(model, folder.Path);
        Equal(Checkpoint.Publish(model, Bert.Architecture.Names), Path.Combine(folder.Path, "model.safetensors"));
    }

    [PyTorchFact]
    public void EveryElementTypeOpensInPyTorch()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        manual_seed(2);
        ScalarType[] types =
        [
            ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16,
            ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
        ];
        var values = randn(3, 5) * 50;
        List<(string Name, Tensor Tensor)> tensors = [.. types.Select(type => (type.ToString(), (type == ScalarType.Byte ? values.abs() : values).to(type)))];
        tensors.Add(("a single value", tensor(1.5f)));
        tensors.Add(("nothing", zeros(0, 3)));
        var path = Path.Combine(folder.Path, "every.safetensors");
        using (var stream = File.Create(path))
            SafetensorsWriter.Write(stream, tensors);
        Equal(tensors, path);
    }

    private static void Equal(IReadOnlyList<(string Name, Tensor Tensor)> expected, string path)
    {
        using var read = JsonDocument.Parse(PyTorch.Run("read_tensors.py", path));
        Assert.Equal(expected.Select(pair => pair.Name).Order(), read.RootElement.EnumerateObject().Select(entry => entry.Name).Order());
        foreach (var (name, tensor) in expected)
        {
            var entry = read.RootElement.GetProperty(name);
            Assert.Equal(TypeName(tensor.dtype), entry.GetProperty("type").GetString());
            Assert.Equal(tensor.shape, entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()));
            Assert.Equal(Tensors.Values(tensor), Golden.Numbers(entry.GetProperty("values")));
        }
    }

    private static string TypeName(ScalarType type) => type switch
    {
        ScalarType.Byte => "torch.uint8",
        _ => $"torch.{type.ToString().ToLowerInvariant()}",
    };
}
