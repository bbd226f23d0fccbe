using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>The raw bytes of contiguous CPU tensors, in pieces that fit a span.</summary>
internal static class TensorBytes
{
    private const long PieceBytes = 1 << 28;

    /// <summary>A new tensor, filled piece by piece.</summary>
    /// <param name="type">Type of its elements.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="fill">Fills a piece, given where it starts.</param>
    public static Tensor Read(ScalarType type, long[] shape, Action<long, Span<byte>> fill)
    {
        // A stored truth value may be any byte; only 0 and 1 make a valid one in memory.
        var stored = type == ScalarType.Bool ? ScalarType.Byte : type;
        var tensor = empty(shape, stored);
        try
        {
            ForEachPiece(tensor, (start, piece) => fill(start, piece.bytes));
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
        if (type != ScalarType.Bool)
            return tensor;
        using (tensor)
            return tensor.ne(0);
    }

    /// <summary>Writes a tensor's bytes.</summary>
    public static void Write(Tensor tensor, Stream stream) => ForEachPiece(tensor, (_, piece) => stream.Write(piece.bytes));

    private static void ForEachPiece(Tensor tensor, Action<long, Tensor> visit)
    {
        var (count, size) = (tensor.numel(), tensor.element_size());
        if (count == 0)
            return;
        using var flat = tensor.view(-1);
        for (long start = 0; start < count; start += PieceBytes / size)
        {
            using var piece = flat.narrow(0, start, Math.Min(PieceBytes / size, count - start));
            visit(start * size, piece);
        }
    }
}
