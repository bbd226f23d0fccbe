using System.Text.Json;
using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What torch.save has written, in both of its formats: see Reference/write_torch.py.</summary>
public class TorchFileTests
{
    private static readonly string Saved = Golden.Folder("torch-saved");

    public static TheoryData<string> Files => ["zip.bin", "legacy.bin", "protocol4.bin"];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryTypeAndLayoutIsRead(string file)
    {
        using var weights = TorchFile.Open(Path.Combine(Saved, file));
        StoredTensors.Equal(Golden.Json("torch-saved", "expected.json"), weights);
        Assert.Equal(Path.Combine(Saved, file), weights.Origin);
        Assert.Contains("'none'", Assert.Throws<KeyNotFoundException>(() => weights.Read("none")).Message, StringComparison.Ordinal);
    }

    [PyTorchFact]
    public void WhatTheInstalledPyTorchSavesIsRead()
    {
        using var folder = new TemporaryFolder();
        PyTorch.Run("write_torch.py", folder.Path);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.Path, "expected.json")));
        foreach (var file in new[] { "zip.bin", "legacy.bin", "protocol4.bin" })
        {
            using var weights = TorchFile.Open(Path.Combine(folder.Path, file));
            StoredTensors.Equal(expected.RootElement, weights);
        }
    }

    [Fact]
    public void AModulesDictionaryIsRead()
    {
        using var weights = TorchFile.Open(Path.Combine(Saved, "model.bin"));
        Assert.Equal(["0.bias", "0.weight", "1.bias", "1.weight"], weights.Tensors.Keys.Order());
        Assert.Equal([2L, 3L], weights.Tensors["0.weight"].Shape);
    }

    [Fact]
    public void TensorsOutliveTheirFile()
    {
        using var scope = NewDisposeScope();
        var weights = TorchFile.Open(Path.Combine(Saved, "zip.bin"));
        var (scalar, turned) = (weights.Read("scalar"), weights.Read("turned"));
        var expected = Tensors.Values(weights.Read("whole").t());
        weights.Dispose();
        Tensors.Equal([2.5], scalar, 0);
        Tensors.Equal(expected, turned, 0);
    }

    [PyTorchFact]
    public void ATorchFolderLoadsAsTheSafetensorsOne()
    {
        using var folder = new TemporaryFolder();
        PyTorch.Run("convert_to_torch.py", Golden.Folder("bert-tiny"), folder.Path);
        foreach (var layout in Directory.GetDirectories(folder.Path))
        {
            using var scope = NewDisposeScope();
            using var expected = PretrainedFolder.Open(Golden.Folder("bert-tiny")).LoadClassifier();
            using var actual = PretrainedFolder.Open(layout).LoadClassifier();
            Tensors.EqualWeights(expected, actual, layout);
        }
    }
}
