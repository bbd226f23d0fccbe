using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tasks;

/// <summary>A model with its tokenizer, on a device.</summary>
internal sealed record TextTaskModel(TextModel Network, TransformerTokenizer Tokenizer, torch.Device Device) : IDisposable
{
    /// <summary>The most positions, padding included, that one forward pass takes; a longer sequence goes by itself.</summary>
    public int BatchTokens { get; init; } = 4096;

    /// <summary>The tokenizer of what is written, where that has a vocabulary of its own; null where one serves both sides.</summary>
    public TransformerTokenizer? TargetTokenizer { get; init; }

    /// <summary>The tokenizer of what is written.</summary>
    public TransformerTokenizer WritingTokenizer => TargetTokenizer ?? Tokenizer;

    /// <summary>A text, or two, as the model takes them.</summary>
    public TokenSequence Encode(string text, string? pair) => ToSequence(Tokenizer.Encode(text, pair));

    /// <summary>An encoded text as the model takes it.</summary>
    public static TokenSequence ToSequence(EncodedText encoded) =>
        new([.. encoded.Ids], encoded.TypeIds.All(type => type == 0) ? null : [.. encoded.TypeIds]);

    /// <summary>Hides tokens, special ones excepted, behind the mask token, or where there is none the unknown token.</summary>
    /// <exception cref="InvalidOperationException">The tokenizer has neither.</exception>
    public TokenDropout? HideTokens(double probability)
    {
        if (probability == 0)
            return null;
        var replacement = Tokenizer.MaskTokenId ?? Tokenizer.UnknownTokenId
            ?? throw new InvalidOperationException("The tokenizer has neither a mask token nor an unknown token to hide tokens behind.");
        return new TokenDropout(probability, replacement, SpecialIds());
    }

    /// <summary>What the head says of sequences, one after another, from one forward pass.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="finish">What becomes of the head's scores, (sequences, scores), on the device.</param>
    public float[] Score(IReadOnlyList<TokenSequence> sequences, Func<torch.Tensor, torch.Tensor> finish)
    {
        TransformerMetrics.CountRead(sequences);
        using var frozen = torch.inference_mode();
        using var batch = TokenBatch.Pad(sequences, Network.Config.PaddingId, device: Device);
        using var scores = Network.call(batch);
        using var finished = finish(scores);
        using var local = finished.cpu();
        return local.data<float>().ToArray();
    }

    /// <summary>What the head says of every token of each sequence: as many numbers a token as it has scores, padding left out.</summary>
    /// <param name="sequences">The sequences, of any lengths and any number.</param>
    /// <param name="finish">What becomes of the head's scores, (batch, length, scores), on the device.</param>
    public float[][] ScoreTokens(IReadOnlyList<TokenSequence> sequences, Func<torch.Tensor, torch.Tensor> finish)
    {
        using var frozen = torch.inference_mode();
        var results = new float[sequences.Count][];
        foreach (var plan in new TokenBudget(BatchTokens).Plan([.. sequences.Select(sequence => sequence.Length)], null))
        {
            TokenSequence[] together = [.. plan.Examples.Select(index => sequences[index])];
            TransformerMetrics.CountRead(together);
            using var batch = TokenBatch.Pad(together, Network.Config.PaddingId, device: Device);
            using var scores = Network.call(batch);
            using var finished = finish(scores);
            using var local = finished.cpu();
            var (values, width) = (local.data<float>().ToArray(), (int)local.size(2));
            foreach (var (row, index) in plan.Examples.Index())
                results[index] = values.AsSpan(row * plan.Length * width, sequences[index].Length * width).ToArray();
        }
        return results;
    }

    /// <summary>The ids of the special tokens.</summary>
    public HashSet<int> SpecialIds() =>
        [.. Tokenizer.Pipeline.AddedTokens.Where(token => token.Special).Select(token => Tokenizer.Vocabulary.GetId(token.Content)).OfType<int>()];

    public void Dispose() => Network.Dispose();
}
