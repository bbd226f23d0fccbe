using System.Text.Json;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What attention is told of distances.</summary>
public class PositionTests
{
    [PyTorchFact]
    public void BucketsAreThePublishedOnesAtEveryDistance()
    {
        using var published = JsonDocument.Parse(PyTorch.Run("buckets.py"));
        var bias = new BucketedPositions(32, 128, heads: 1);
        var vectors = new DisentangledPositions(hiddenSize: 1, maxDistance: 512, buckets: 256);
        int[] Of(string family) => [.. published.RootElement.GetProperty(family).EnumerateArray().Select(bucket => bucket.GetInt32())];
        Assert.Equal(Of("mpnet"), Enumerable.Range(-600, 1201).Select(bias.BucketOf));
        Assert.Equal(Of("deberta"), Enumerable.Range(-600, 1201).Select(vectors.RowOf));
    }

    [Fact]
    public void BucketsThatCannotBeDividedAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new BucketedPositions(30, 128, heads: 1));
        Assert.Throws<ArgumentException>(() => new BucketedPositions(32, 8, heads: 1));
    }

    [Theory]
    [InlineData("\"c2p|p2c\"", PositionTerms.ContentToPosition | PositionTerms.PositionToContent)]
    [InlineData("[\"p2c\", \"c2p\"]", PositionTerms.ContentToPosition | PositionTerms.PositionToContent)]
    [InlineData("\"p2c\"", PositionTerms.PositionToContent)]
    [InlineData("[]", PositionTerms.None)]
    public void TermsAreReadInBothOfTheirForms(string json, PositionTerms terms)
    {
        var config = (DebertaConfig)TextConfig.FromJson($$"""{"model_type":"deberta","pos_att_type":{{json}}}""");
        Assert.Equal(terms, config.PositionTerms);
        Assert.Equal(config.PositionTerms, ((DebertaConfig)TextConfig.FromJson(config.ToJson())).PositionTerms);
    }

    [Fact]
    public void WhatNoPublishedModelHasIsRefusedByName()
    {
        Assert.Contains("p2p", Assert.Throws<InvalidDataException>(() => TextConfig.FromJson("""{"model_type":"deberta","pos_att_type":"p2p"}""")).Message, StringComparison.Ordinal);
        AssertRefused("relative_attention", """{"model_type":"deberta","relative_attention":false}""");
        AssertRefused("norm_rel_ebd", """{"model_type":"deberta-v2","norm_rel_ebd":"batch_norm"}""");
    }

    private static void AssertRefused(string named, string json)
    {
        var config = TextConfig.FromJson(json);
        var exception = Assert.Throws<NotSupportedException>(() => Architectures.Find(config.ModelType).Build<TextBackbone>(config));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }
}
