using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>A text with hidden words, as the model takes it.</summary>
/// <param name="Tokens">The encoded text.</param>
/// <param name="Positions">Where its mask tokens are.</param>
internal sealed record TextWithMasks(TokenSequence Tokens, int[] Positions);

/// <summary>What a model would put in the place of a text's mask tokens.</summary>
/// <param name="Tokens">For each mask in turn the likeliest tokens, the likeliest first.</param>
/// <param name="Scores">Their probabilities.</param>
/// <param name="Text">The text with the likeliest token in each mask's place.</param>
internal sealed record MaskFilling(ReadOnlyMemory<char>[] Tokens, float[] Scores, string Text);
