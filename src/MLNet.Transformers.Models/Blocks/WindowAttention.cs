using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Attention within windows of patches, with a learned bias for each head and offset between two patches of a window: section 3.2 of
/// <see href="https://arxiv.org/abs/2103.14030">Swin</see>. A trace gets the weights of each window, (batch * windows, heads, queries, keys).
/// </summary>
public sealed class WindowAttention : Module<Tensor, LayerContext, Tensor>
{
    /// <summary>What is added, as published, to the score of a patch that only the displacement has brought near.</summary>
    private const double Hidden = -100;

    private readonly int windowSize;
    private readonly bool isDisplaced;
    private readonly Module<Tensor, LayerContext, Tensor> attention;
    private readonly Parameter offsets;

    /// <param name="attention">Attention over the patches of a window; it adds the context's bias to its scores.</param>
    /// <param name="heads">Number of its heads.</param>
    /// <param name="windowSize">Patches from one side of a window to the other; where the grid is smaller, windows are too.</param>
    /// <param name="isDisplaced">Whether windows are displaced by half their size, so that they join what lies in different windows of other layers.</param>
    public WindowAttention(Module<Tensor, LayerContext, Tensor> attention, int heads, int windowSize, bool isDisplaced)
        : base(nameof(WindowAttention))
    {
        this.windowSize = windowSize;
        this.isDisplaced = isDisplaced;
        this.attention = attention;
        offsets = OwnedParameter.Of(zeros((2 * windowSize - 1) * (2 * windowSize - 1), heads));
        RegisterComponents();
    }

    /// <summary>Lets every patch gather from the others of its window.</summary>
    /// <param name="hidden">(batch, patches, hidden).</param>
    /// <param name="context">Tells how the patches lie.</param>
    /// <returns>(batch, patches, hidden).</returns>
    /// <exception cref="InvalidOperationException">Nothing has told how the patches lie.</exception>
    public override Tensor forward(Tensor hidden, LayerContext context)
    {
        var grid = context.Grid ?? throw new InvalidOperationException("A layer of this stack asks how patches lie, and nothing has told.");
        var partition = WindowPartition.Of(grid, windowSize, isDisplaced);
        using var windows = partition.Cut(hidden);
        using var bias = Bias(partition, hidden.size(0));
        using var attended = attention.call(windows, context with { Bias = bias });
        return partition.Join(attended);
    }

    /// <summary>(1 or batch * windows, heads, queries, keys).</summary>
    private Tensor Bias(WindowPartition partition, long batch)
    {
        using var near = ByOffset(partition.Size);
        using var mask = partition.Mask(Hidden, offsets.dtype, offsets.device);
        if (mask is null)
            return near.alias();
        using var ofImage = near.add(mask); // (windows, heads, queries, keys)
        return ofImage.repeat(batch, 1, 1, 1);
    }

    /// <summary>The bias of each pair of a window's patches, (1, heads, queries, keys).</summary>
    private Tensor ByOffset(long size)
    {
        using var rows = Rows(size);
        using var flat = rows.flatten();
        using var pairs = offsets.index_select(0, flat);
        using var square = pairs.view(size * size, size * size, offsets.size(1));
        return square.permute(2, 0, 1).unsqueeze_(0);
    }

    /// <summary>For each query and key the row of the table: their offset from top to bottom, counted in rows of offsets from left to right.</summary>
    private Tensor Rows(long size)
    {
        using var places = arange(size * size, ScalarType.Int64, offsets.device);
        using var across = Difference(places.remainder(size));
        return Difference(places.div(size, RoundingMode.floor)).add_(windowSize - 1).mul_(2 * windowSize - 1).add_(across).add_(windowSize - 1);
    }

    /// <summary>How far each place lies behind each other, (queries, keys); takes the places over.</summary>
    private static Tensor Difference(Tensor places)
    {
        using (places)
        using (var queries = places.unsqueeze(1))
            return queries.sub(places);
    }
}
