namespace MLNet.Transformers.Models;

/// <summary>One encoded text: what a tokenizer gives and a model takes.</summary>
/// <param name="Ids">Token ids, special tokens included, padding not.</param>
/// <param name="TypeIds">Segment of each token, as many as ids; null when all are of the first segment.</param>
public sealed record TokenSequence(int[] Ids, int[]? TypeIds = null)
{
    /// <summary>Number of tokens.</summary>
    public int Length => Ids.Length;
}
