using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What checkpoints of DeBERTa have beside what the papers say.</summary>
public class DebertaTests
{
    public static TheoryData<string> Models => ["deberta", "deberta-v2"];

    /// <summary>Microsoft publishes the head as lm_predictions, with positions and a detector that encoders have no use for; Hugging Face's own models have cls.predictions.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void AHeadLoadsUnderEitherOfItsNames(string family)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var source = Masked(family, seed: 1);
        PretrainedFolder.Save(source, folder.Path);
        var microsoft = Checkpoint.Publish(source, Architectures.Find(family).Names);
        Assert.Contains("lm_predictions.lm_head.dense.weight", microsoft.Select(pair => pair.Name));
        List<(string Name, Tensor Tensor)> huggingFace =
        [
            .. microsoft.Select(pair => (pair.Name
                .Replace("lm_predictions.lm_head.bias", "cls.predictions.bias", StringComparison.Ordinal)
                .Replace("lm_predictions.lm_head", "cls.predictions.transform", StringComparison.Ordinal), pair.Tensor)),
            ("cls.predictions.decoder.weight", zeros(20, 16)),
            ("cls.predictions.decoder.bias", zeros(20)),
        ];
        List<(string Name, Tensor Tensor)> published =
        [
            .. microsoft,
            ("deberta.embeddings.position_embeddings.weight", zeros(10, 16)),
            ("deberta.embeddings.position_ids", arange(10)),
            ("mask_predictions.dense.weight", zeros(16, 16)),
            ("mask_predictions.classifier.bias", zeros(1)),
        ];
        foreach (var weights in new[] { published, huggingFace })
        {
            SafetensorsWriter.WriteFile(Path.Combine(folder.Path, "model.safetensors"), weights);
            var loaded = PretrainedFolder.Open(folder.Path).Load(PublishedHeads.All[nameof(MaskedLanguageModel)]);
            using var model = loaded.Model;
            Assert.Empty(loaded.FreshWeights);
            Tensors.EqualWeights(source, model);
        }
    }

    /// <summary>Buckets know distances beyond those that the model was trained on.</summary>
    [Fact]
    public void ALongerTextThanThePositionsIsNoError()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var model = Masked("deberta-v2", seed: 1);
        using var batch = TokenBatch.Pad([new([.. Enumerable.Repeat(3, 600)])], 0);
        Assert.Equal([1L, 600L, 16L], model.Backbone.call(batch).shape);
    }

    private static TextModel Masked(string family, long seed)
    {
        manual_seed(seed);
        return TextModel.Create(TinyConfigs.Encoders[family], PublishedHeads.All[nameof(MaskedLanguageModel)]);
    }
}
