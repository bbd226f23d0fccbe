using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>An image and its class.</summary>
/// <param name="Image">Decodes the image; called anew each time it is needed, by any thread. A checkpoint does not remember what it gives.</param>
/// <param name="Label">Index of the class, from 0.</param>
public sealed record LabeledImage([property: JsonIgnore] Func<PixelImage> Image, int Label);
