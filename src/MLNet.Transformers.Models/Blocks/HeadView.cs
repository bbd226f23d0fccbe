using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Hidden states as heads, and back.</summary>
internal static class HeadView
{
    /// <summary>(batch, length, heads * size), or with the heads split already, to (batch, heads, length, size), without a copy; takes the part over.</summary>
    public static Tensor Split(Tensor part, int heads)
    {
        using (part)
        using (var split = part.dim() == 4 ? part.alias() : part.unflatten(2, heads, part.size(2) / heads))
            return split.transpose(1, 2);
    }

    /// <summary>(batch, heads, length, size) to (batch, length, heads * size).</summary>
    public static Tensor Join(Tensor heads)
    {
        using var ordered = heads.transpose(1, 2);
        return ordered.flatten(2);
    }

    /// <summary>Views of the three parts that each head has one after the other: (…, heads * 3 * size) to (…, heads, size) each.</summary>
    public static Tensor[] Thirds(Tensor packed, long heads)
    {
        var size = packed.size(-1) / (3 * heads);
        using var split = packed.view([.. packed.shape[..^1], heads, 3 * size]);
        return split.split(size, -1);
    }
}
