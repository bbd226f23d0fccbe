using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A learned bias of attention scores for each head and offset between two patches, and three for the class token before them; for
/// other grids the offsets are resampled linearly. See <see href="https://arxiv.org/abs/2106.08254">BEiT</see>.
/// </summary>
public sealed class PatchOffsetBias : Module<Tensor>
{
    /// <summary>Rows of the table that are no offsets: the class token as the query, as the key, and as both.</summary>
    private const int ClassRows = 3;

    private readonly ImageGrid grid;
    private readonly Parameter table;

    /// <param name="grid">The grid of patches that the table is for.</param>
    /// <param name="heads">Number of attention heads.</param>
    public PatchOffsetBias(ImageGrid grid, int heads)
        : base(nameof(PatchOffsetBias))
    {
        this.grid = grid;
        table = (Parameter)Parameter(zeros((2 * grid.Rows - 1) * (2 * grid.Columns - 1) + ClassRows, heads)).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The bias of each pair of tokens, of which the class token is the first.</summary>
    /// <param name="wanted">The patches' grid in the batch.</param>
    /// <returns>(1, heads, queries, keys).</returns>
    public Tensor forward(ImageGrid wanted)
    {
        using var offsets = Offsets(wanted);
        using var windows = Windows(offsets, wanted); // (heads, patches, patches)
        using var special = table.narrow(0, table.size(0) - ClassRows, ClassRows).t(); // (heads, 3)
        var (heads, patches) = (special.size(0), windows.size(1));
        using var fromClass = special.narrow(1, 0, 1).unsqueeze(2).expand(heads, 1, patches);
        using var toClass = special.narrow(1, 1, 1).unsqueeze(2).expand(heads, patches, 1);
        using var both = special.narrow(1, 2, 1).unsqueeze(2);
        using var first = cat([both, fromClass], 2);
        using var others = cat([toClass, windows], 2);
        using var all = cat([first, others], 1);
        return all.unsqueeze(0);
    }
}
