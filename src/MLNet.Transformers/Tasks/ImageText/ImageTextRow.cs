using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>What is read of a row; null for what nobody wants the place of.</summary>
internal sealed record ImageTextRow(Func<PixelImage>? Image, TokenSequence? Text);

/// <summary>Where an image and a text lie; null for what nobody wants.</summary>
internal sealed record ImageTextPlace(float[]? Image, float[]? Text);
