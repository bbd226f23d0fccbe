using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>An image and a text that says what it shows.</summary>
/// <param name="Image">Decodes the image; called anew each time it is needed, by any thread. A checkpoint does not remember what it gives.</param>
/// <param name="Text">The text.</param>
public sealed record ImageTextPair([property: JsonIgnore] Func<PixelImage> Image, TokenSequence Text);
