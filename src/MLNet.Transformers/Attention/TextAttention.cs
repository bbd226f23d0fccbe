using MLNet.Transformers.Models;

namespace MLNet.Transformers;

/// <summary>One row as the model takes it.</summary>
/// <param name="Source">The text.</param>
/// <param name="SourceTokens">The texts of its tokens.</param>
/// <param name="Target">What the decoder reads; null for nothing.</param>
/// <param name="TargetTokens">The texts of its tokens.</param>
internal sealed record AttentiveText(TokenSequence Source, string[] SourceTokens, TokenSequence? Target, string[] TargetTokens);

/// <summary>What the stage says of one row.</summary>
/// <param name="Weights">The attention weights, keys last; null where nobody wants them.</param>
/// <param name="Keys">The texts of the tokens that are looked at.</param>
/// <param name="Queries">The texts of the tokens that look.</param>
internal sealed record TextAttention(float[]? Weights, string[] Keys, string[] Queries);
