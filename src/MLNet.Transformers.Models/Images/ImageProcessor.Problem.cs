using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

public sealed partial record ImageProcessor
{
    /// <summary>The first option that cannot be used, by its key, and why; null for none.</summary>
    [JsonIgnore]
    internal string? Problem => this switch
    {
        { Resizes: true } when Size.Problem is { } problem => $"has a \"size\" that {problem}",
        { Resizes: true } when !Enum.IsDefined(Filter) => $"has the \"resample\" {(int)Filter}, which is no filter; filters are 0 to 5",
        { KeptPart: not (null or (> 0 and <= 1)) } => $"has a \"crop_pct\" of {KeptPart}, which is not above 0 and at most 1",
        { KeptPart: not null, Resizes: true, Size: not { ShortestEdge: not null, LongestEdge: null } } => "has a \"crop_pct\", which needs a \"size\" with a shortest_edge alone",
        { CropsCenter: true, CropSize: not { Height: > 0, Width: > 0 } } => "crops images (do_center_crop) without a \"crop_size\" of a positive height and width",
        { Rescales: true } when !double.IsFinite(RescaleFactor) => $"has a \"rescale_factor\" of {RescaleFactor}",
        { Mean.Count: not (1 or 3) } => $"has an \"image_mean\" of {Mean.Count} numbers instead of 1 or 3",
        _ when Mean.Count != Deviation.Count => $"has an \"image_std\" of {Deviation.Count} numbers, but an \"image_mean\" of {Mean.Count}",
        _ when !Mean.All(double.IsFinite) => "has an \"image_mean\" that is not finite",
        _ when !Deviation.All(deviation => double.IsFinite(deviation) && deviation != 0) => "has an \"image_std\" that is zero or not finite",
        { Mean.Count: 1, ConvertsToRgb: true } => "makes images RGB (do_convert_rgb), but has an \"image_mean\" of one channel",
        _ => null,
    };
}
