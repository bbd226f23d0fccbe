using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// How a grid of patches is cut into square windows: what is missing to whole ones is filled up at the right and below, and for
/// displaced ones the patches are moved up and to the left, those at the edges around to the other side. Section 3.2 of
/// <see href="https://arxiv.org/abs/2103.14030">Swin</see>.
/// </summary>
/// <param name="Grid">The patches.</param>
/// <param name="Size">Patches from one side of a window to the other.</param>
/// <param name="Shift">By how many patches the windows are displaced.</param>
internal readonly record struct WindowPartition(ImageGrid Grid, long Size, long Shift)
{
    /// <summary>Number of windows from top to bottom, and from left to right.</summary>
    private ImageGrid Windows => new((Grid.Rows + Size - 1) / Size, (Grid.Columns + Size - 1) / Size);

    /// <summary>The windows of a grid; where one would be higher or wider than the grid, it is made smaller and not displaced.</summary>
    public static WindowPartition Of(ImageGrid grid, long size, bool isDisplaced) => Math.Min(grid.Rows, grid.Columns) is var side && side <= size
        ? new(grid, side, 0)
        : new(grid, size, isDisplaced ? size / 2 : 0);

    /// <summary>(batch, patches, hidden) to (batch * windows, patches of a window, hidden).</summary>
    public Tensor Cut(Tensor hidden)
    {
        using var map = hidden.view(hidden.size(0), Grid.Rows, Grid.Columns, hidden.size(2));
        using var whole = functional.pad(map, [0, 0, 0, Windows.Columns * Size - Grid.Columns, 0, Windows.Rows * Size - Grid.Rows]);
        using var moved = Shift == 0 ? whole.alias() : whole.roll([-Shift, -Shift], [1, 2]);
        return CutMap(moved);
    }

    /// <summary>What <see cref="Cut"/> has cut, together again: (batch, patches, hidden).</summary>
    public Tensor Join(Tensor windows)
    {
        var hidden = windows.size(2);
        using var apart = windows.view(-1, Windows.Rows, Windows.Columns, Size, Size, hidden);
        using var turned = apart.permute(0, 1, 3, 2, 4, 5);
        using var moved = turned.reshape(-1, Windows.Rows * Size, Windows.Columns * Size, hidden);
        using var whole = Shift == 0 ? moved.alias() : moved.roll([Shift, Shift], [1, 2]);
        using var rows = whole.narrow(1, 0, Grid.Rows);
        using var map = rows.narrow(2, 0, Grid.Columns);
        return map.flatten(1, 2);
    }

    /// <summary>
    /// What hides the patches of displaced windows that do not lie together in the image from each other, (windows, 1, patches of a
    /// window, patches of a window); null where windows are not displaced.
    /// </summary>
    /// <param name="hidden">How much is added to the score of a patch that is hidden.</param>
    /// <param name="type">Element type of the scores.</param>
    /// <param name="device">Where they are.</param>
    public Tensor? Mask(double hidden, ScalarType type, Device device)
    {
        if (Shift == 0)
            return null;
        using var regions = Regions(device);
        using var windows = CutMap(regions); // (windows, patches, 1)
        using var turned = windows.transpose(1, 2);
        using var apart = windows.ne(turned);
        return apart.to(type).mul_(hidden).unsqueeze_(1);
    }

    /// <summary>(1, rows, columns, 1): one number for all patches, after they were moved, that lie together in the image.</summary>
    private Tensor Regions(Device device)
    {
        using var rows = Parts(Windows.Rows, device);
        using var columns = Parts(Windows.Columns, device);
        using var below = rows.mul(3).unsqueeze_(1);
        return below.add(columns).unsqueeze_(0).unsqueeze_(3);
    }

    /// <summary>Along one side: 0 before the last window, 1 for what lies there, 2 for what was moved there from the other side.</summary>
    private Tensor Parts(long windows, Device device)
    {
        using var places = arange(windows * Size, ScalarType.Int64, device);
        using var last = places.ge((windows - 1) * Size);
        using var moved = places.ge(windows * Size - Shift);
        return last.to(ScalarType.Int64).add_(moved);
    }

    /// <summary>(batch, rows, columns, hidden) to (batch * windows, patches of a window, hidden).</summary>
    private Tensor CutMap(Tensor map)
    {
        using var apart = map.view(map.size(0), Windows.Rows, Size, Windows.Columns, Size, map.size(3));
        using var turned = apart.permute(0, 1, 3, 2, 4, 5);
        return turned.reshape(-1, Size * Size, map.size(3));
    }
}
