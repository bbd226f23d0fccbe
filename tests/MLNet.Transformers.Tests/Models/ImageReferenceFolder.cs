using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tests.Models;

/// <summary>What Reference/image_reference.py makes of every family that reads images: in one go, since Python takes longer to start than to compute it.</summary>
public sealed class ImageReferenceFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> path;

    public ImageReferenceFolder() => path = new(() =>
    {
        PyTorch.Run("image_reference.py", [folder.Path, .. Architectures.Of<ImageConfig>().Select(family => family.ModelType)]);
        return folder.Path;
    });

    /// <summary>A folder FAMILY/CASE/HEAD for each model.</summary>
    public string Path => path.Value;

    public void Dispose() => folder.Dispose();
}
