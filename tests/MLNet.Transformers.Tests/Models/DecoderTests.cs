using MLNet.Transformers.Models;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What stacks of layers that write from left to right must keep to, whatever their parts.</summary>
public class DecoderTests
{
    private static readonly TokenSequence[] Texts = [new([3, 4, 5, 6, 7, 8]), new([9, 10]), new([11, 12, 13, 14])];
    private static readonly TokenSequence[] Sources = [new([5, 6]), new([7, 8, 9, 10]), new([3])];

    public static TheoryData<string> Kinds => ["positions", "rotary", "window", "grouped", "source", .. TinyConfigs.Decoders.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatComesLaterChangesNothing(string kind)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Create(kind);
        var whole = Run(model, TokenBatch.Pad(Texts, 0));
        var shorter = Run(model, TokenBatch.Pad([.. Texts.Select(text => new TokenSequence(text.Ids[..2]))], 0));
        Tensors.Equal(Tensors.Values(whole.narrow(1, 0, 2)), shorter, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ACacheChangesNothing(string kind)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Create(kind);
        using var source = Encode(model);
        var whole = Run(model, TokenBatch.Pad([Texts[0], Texts[0], Texts[0]], 0));
        foreach (var chunks in new[] { new[] { 6 }, [1, 1, 1, 1, 1, 1], [3, 2, 1], [1, 5] })
            foreach (var makeCache in new Func<KeyValueCache>[] { KeyValueCache.Growing, () => KeyValueCache.Static(6) })
            {
                using var cache = makeCache();
                var start = 0;
                foreach (var count in chunks)
                {
                    var ids = tensor(Enumerable.Repeat(Texts[0].Ids[start..(start + count)].Select(id => (long)id), 3).SelectMany(id => id).ToArray(), [3, count]);
                    var part = model.call(TokenBatch.Continue(ids, cache, source: source));
                    Tensors.Equal(Tensors.Values(whole.narrow(1, start, count)), part, 1e-6);
                    start += count;
                }
                Assert.Equal(6, cache.Length);
            }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void PaddingOnEitherSideChangesNothing(string kind)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Create(kind);
        var right = Run(model, TokenBatch.Pad(Texts, 0));
        var left = Run(model, TokenBatch.Pad(Texts, 0, side: PaddingSide.Left));
        foreach (var (row, text) in Texts.Index())
            Tensors.Equal(Tensors.Values(right[row].narrow(0, 0, text.Length)), left[row].narrow(0, 6 - text.Length, text.Length), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TextsOfDifferentLengthsGoOnTogether(string kind)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Create(kind);
        using var source = Encode(model);
        using var cache = KeyValueCache.Growing();
        var prompts = TokenBatch.Pad(Texts, 0, side: PaddingSide.Left).Into(cache);
        model.call(source is null ? prompts : prompts.From(source));
        var mask = cat([prompts.Mask!, ones(3, 1, ScalarType.Bool)], 1);
        var positions = tensor(Texts.Select(text => (long)text.Length).ToArray(), [3, 1]);
        var next = model.call(TokenBatch.Continue(full([3, 1], 15, ScalarType.Int64), cache, mask, positions, source));
        var longer = Run(model, TokenBatch.Pad([.. Texts.Select(text => new TokenSequence([.. text.Ids, 15]))], 0));
        foreach (var (row, text) in Texts.Index())
            Tensors.Equal(Tensors.Values(longer[row][text.Length]), next[row][0], 1e-6);
    }

    [Theory]
    [InlineData("window", 2)]
    [InlineData("mistral, window", 3)]
    public void ASlidingCacheIsEnoughForAWindow(string kind, long window)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var model = Create(kind);
        var whole = Run(model, TokenBatch.Pad([Texts[0]], 0));
        using var cache = KeyValueCache.SlidingWindow(window);
        for (var position = 0; position < 6; position++)
        {
            var next = model.call(TokenBatch.Continue(tensor(new long[] { Texts[0].Ids[position] }, [1, 1]), cache));
            Tensors.Equal(Tensors.Values(whole.narrow(1, position, 1)), next, 1e-6);
        }
        Assert.Equal((window, 6L), (cache.Length, cache.Position));
    }

    [Fact]
    public void GradientsReachEverything()
    {
        using var scope = NewDisposeScope();
        var model = Create("source");
        model.call(TokenBatch.Pad(Texts, 0).From(TokenBatch.Pad(Sources, 0))).sum().backward();
        Assert.All(model.named_parameters(), pair => Assert.True(pair.parameter.grad is not null, pair.name));
        // The token vectors are the two sides' own, and one.
        Assert.Single(model.named_parameters(), pair => pair.name.EndsWith("tokens.weight", StringComparison.Ordinal));
    }

    private static Tensor Run(TextBackbone model, TokenBatch batch) =>
        model.call(model is EncoderDecoder ? batch.From(TokenBatch.Pad(Sources, 0)) : batch);

    private static EncodedSource? Encode(TextBackbone model) => (model as EncoderDecoder)?.Encode(TokenBatch.Pad(Sources, 0));

    private static TextBackbone Create(string kind)
    {
        manual_seed(1);
        if (TinyConfigs.Decoders.TryGetValue(kind, out var config))
            return Create(config);
        var tokens = Embedding(20, 16);
        TextBackbone model = kind switch
        {
            "positions" => new TextStack(new TokenEmbedding(tokens, new LearnedPositions(10, 16)), Layers(2), new CausalContext()),
            "rotary" => new TextStack(new TokenEmbedding(tokens), Layers(2), new CausalContext(new RotaryPositions(8))),
            "window" => new TextStack(new TokenEmbedding(tokens), Layers(2), new CausalContext(new RotaryPositions(8), window: 2)),
            "grouped" => new TextStack(new TokenEmbedding(tokens), Layers(1), new CausalContext(new RotaryPositions(8))),
            _ => new EncoderDecoder(
                new TextStack(new TokenEmbedding(tokens, new SinusoidalPositions(10, 16)), Layers(2)),
                new TextStack(
                    new TokenEmbedding(tokens, new SinusoidalPositions(10, 16), scale: 4),
                    new LayerStack(Enumerable.Range(0, 2).Select(_ => new DecoderLayer(
                        NormOrder.Post,
                        new Attention(16, 2),
                        Norm.Layer(16, 1e-5),
                        new CrossAttention(16, 2),
                        Norm.Layer(16, 1e-5),
                        new FeedForward(16, 24, Activation.Find("relu")),
                        Norm.Layer(16, 1e-5),
                        0))),
                    new CausalContext())),
        };
        model.eval();
        return model;
    }

    private static TextBackbone Create(TextConfig config)
    {
        var model = Architectures.Find(config.ModelType).Build<TextBackbone>(config);
        Initialization.Normal(model, config.InitializerRange);
        model.eval();
        return model;
    }

    private static LayerStack Layers(int keyValueHeads) => new(Enumerable.Range(0, 2).Select(_ => new Layer(
        NormOrder.Pre,
        new Attention(16, 2, keyValueHeads),
        Norm.Layer(16, 1e-5),
        new FeedForward(16, 24, Activation.Find("relu")),
        Norm.Layer(16, 1e-5),
        0)));
}
