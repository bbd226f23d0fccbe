using MLNet.Transformers.Models;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>
/// Every family against an independent computation: tiny models under their published names, written by Python, and what
/// loops over PyTorch tensors, written from the papers, make of them in double precision. See Reference/reference.py.
/// </summary>
public class ReferenceTests(ITestOutputHelper output)
{
    private readonly ReferenceComparison comparison = new(output);

    public static TheoryData<string> Families =>
        [.. TinyConfigs.StackFamilies.Except([TransformerEncoder.Architecture.ModelType])]; // Published nowhere.

    public static TheoryData<string> Models => [.. TinyConfigs.Stacks.Keys.Except([TransformerEncoder.Architecture.ModelType])];

    [PyTorchTheory]
    [MemberData(nameof(Families))]
    public void OutputsAndGradientsAreThoseOfThePaper(string family)
    {
        using var folder = new TemporaryFolder();
        PyTorch.Run("reference.py", family, folder.Path);
        var models = Directory.GetDirectories(folder.Path).SelectMany(Directory.GetDirectories).ToList();
        Assert.NotEmpty(models);
        foreach (var path in models)
            Compare(path, Path.GetRelativePath(folder.Path, path));
    }

    [PyTorchTheory]
    [MemberData(nameof(Models))]
    public void WhatIsSavedGivesTheSameInPyTorch(string name)
    {
        string[] heads = [nameof(SequenceClassification), nameof(TokenClassification)];
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var folder = new TemporaryFolder();
        var config = TinyConfigs.Stacks[name];
        var names = Architectures.Find(config.ModelType).Names;
        using var batch = TokenBatch.Pad(
            [new([3, 4, 5, 6, 7], HasTypes(config) ? [0, 0, 1, 1, 1] : null), new([8, 9]), new([10, 11, 12, 13, 14, 15, 16])], config.PaddingId);
        var models = heads.Where(head => names.Publishes($"{head}.output.weight")).ToDictionary(head => head, head => Save(config, head, batch, Path.Combine(folder.Path, head)));

        PyTorch.Run("run_saved.py", folder.Path);

        foreach (var (head, model) in models)
        {
            using var computed = SafetensorsFile.Open(Path.Combine(folder.Path, head, "outputs.safetensors"));
            comparison.Equal($"{name}, {head}: hidden", Tokens(computed.Read("hidden"), batch), Tokens(model.Backbone.call(batch), batch));
            comparison.Equal($"{name}, {head}: output", OfTokens(computed.Read("output"), batch), OfTokens(model.call(batch), batch));
            model.Dispose();
        }
    }

    private static bool HasTypes(TextConfig config) => config is EncoderConfig { Types: > 1 } or XlnetConfig;

    private static TextModel Save(TextConfig config, string head, TokenBatch batch, string folder)
    {
        manual_seed(3);
        var model = TextModel.Create(config, PublishedHeads.All[head]);
        model.eval();
        PretrainedFolder.Save(model, folder);
        using var stream = File.Create(Path.Combine(folder, "batch.safetensors"));
        SafetensorsWriter.Write(stream, [("ids", batch.Ids), ("types", batch.TypeIds.expand_as(batch.Ids).contiguous()), ("mask", batch.Mask!)]);
        return model;
    }

    private void Compare(string path, string name)
    {
        using var scope = NewDisposeScope();
        using var expected = SafetensorsFile.Open(Path.Combine(path, "outputs.safetensors"));
        var pretrained = PretrainedFolder.Open(path);
        var loaded = pretrained.Load(PublishedHeads.All[Path.GetFileName(path)]);
        Assert.Empty(loaded.FreshWeights);
        using var model = loaded.Model;
        using var batch = TokenBatch.Pad(Sequences(expected), pretrained.Config.PaddingId);
        model.eval();

        var output = model.call(batch);
        comparison.Equal($"{name}: hidden", Tokens(expected.Read("hidden"), batch), Tokens(model.Backbone.call(batch), batch));
        comparison.Equal($"{name}: output", OfTokens(expected.Read("output"), batch), OfTokens(output, batch));
        (output * expected.Read("direction")).sum().backward();
        var names = Architectures.Find(pretrained.Config.ModelType).Names;
        foreach (var (ours, parameter) in model.named_parameters())
            comparison.Equal($"{name}: gradient of {ours}", ReferenceComparison.Gradient(expected, names.Publish(ReferenceComparison.InTables(ours, model.Head)), parameter.shape), parameter.grad!);
    }

    /// <summary>The rows of tokens, padding left out: (tokens, hidden).</summary>
    private static Tensor Tokens(Tensor hidden, TokenBatch batch) => batch.Mask is { } mask ? hidden[mask] : hidden.flatten(0, 1);

    private static Tensor OfTokens(Tensor result, TokenBatch batch) =>
        result.dim() >= 2 && result.size(1) == batch.Length ? Tokens(result, batch) : result;

    private static List<TokenSequence> Sequences(SafetensorsFile expected)
    {
        var (ids, types, mask) = (expected.Read("ids"), expected.Read("types"), expected.Read("mask"));
        return [.. Enumerable.Range(0, (int)ids.size(0)).Select(row => new TokenSequence(Row(ids, mask, row), Row(types, mask, row)))];
    }

    private static int[] Row(Tensor values, Tensor mask, int row) =>
        [.. Tensors.Values(values[row][mask[row].to(ScalarType.Bool)]).Select(value => (int)value)];
}
