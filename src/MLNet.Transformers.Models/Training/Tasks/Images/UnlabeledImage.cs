using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>An image to learn from without being told what it shows.</summary>
/// <param name="Image">Decodes the image; called anew each time it is needed, by any thread. A checkpoint does not remember what it gives.</param>
public sealed record UnlabeledImage([property: JsonIgnore] Func<PixelImage> Image);
