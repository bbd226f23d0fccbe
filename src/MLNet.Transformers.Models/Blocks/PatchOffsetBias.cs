using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A learned bias of attention scores for each head and offset between two patches, and three for the class token before them; for
/// images of other sizes the offsets are resampled linearly. See <see href="https://arxiv.org/abs/2106.08254">BEiT</see>.
/// </summary>
public sealed class PatchOffsetBias : Module<ImageGrid, Tensor>
{
    /// <summary>Rows of the table that are no offsets: the class token as the query, as the key, and as both.</summary>
    private const int ClassRows = 3;

    private readonly ImageGrid grid;
    private readonly Parameter table;

    /// <param name="grid">The patches of the images that the biases are learnt for.</param>
    /// <param name="heads">Number of attention heads.</param>
    public PatchOffsetBias(ImageGrid grid, int heads)
        : base(nameof(PatchOffsetBias))
    {
        this.grid = grid;
        table = OwnedParameter.Of(zeros((2 * grid.Rows - 1) * (2 * grid.Columns - 1) + ClassRows, heads));
        RegisterComponents();
    }

    /// <summary>The bias of each pair of tokens, of which the class token is the first.</summary>
    /// <param name="wanted">The patches of the images.</param>
    /// <returns>(1, heads, queries, keys).</returns>
    public override Tensor forward(ImageGrid wanted)
    {
        using var turned = table.t();
        using var offsets = Offsets(turned, wanted);
        using var pairs = Pairs(offsets, wanted);
        var (heads, patches) = (pairs.size(0), pairs.size(1));
        using var fromClass = Of(turned, 3).expand(heads, 1, patches);
        using var toClass = Of(turned, 2).expand(heads, patches, 1);
        using var both = Of(turned, 1);
        using var first = cat([both, fromClass], 2);
        using var others = cat([toClass, pairs], 2);
        using var all = cat([first, others], 1);
        return all.unsqueeze(0);
    }

    /// <summary>The bias of each offset, (heads, 2 · rows - 1, 2 · columns - 1): a query's place less a key's.</summary>
    private Tensor Offsets(Tensor turned, ImageGrid wanted)
    {
        using var own = turned.narrow(1, 0, turned.size(1) - ClassRows);
        using var map = own.unflatten(1, 2 * grid.Rows - 1, 2 * grid.Columns - 1);
        if (wanted == grid)
            return map.alias();
        using var precise = map.unsqueeze(0).to(ScalarType.Float32);
        using var scaled = functional.interpolate(precise, [2 * wanted.Rows - 1, 2 * wanted.Columns - 1], mode: InterpolationMode.Bilinear, align_corners: false);
        using var resampled = scaled.squeeze(0);
        return resampled.to(map.dtype);
    }

    /// <summary>(heads, patches, patches): turned around, the offsets of a query's keys are a window, which moves back as the query moves on.</summary>
    private static Tensor Pairs(Tensor offsets, ImageGrid wanted)
    {
        using var reversed = offsets.flip(1, 2);
        using var rows = reversed.unfold(1, wanted.Rows, 1);
        using var windows = rows.unfold(2, wanted.Columns, 1); // (heads, query row, query column, key row, key column), the last query first
        using var ordered = windows.flip(1, 2);
        return ordered.reshape(offsets.size(0), wanted.Count, wanted.Count);
    }

    /// <summary>One of the last rows, counted from the end, as (heads, 1, 1).</summary>
    private static Tensor Of(Tensor turned, int fromEnd)
    {
        using var column = turned.narrow(1, turned.size(1) - fromEnd, 1);
        return column.unsqueeze(2);
    }
}
