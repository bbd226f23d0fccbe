using System.Numerics;

namespace Microsoft.ML.Trainers;

/// <summary>Arithmetic over long vectors in parallel blocks of a fixed size, so that no sum depends on the number of threads.</summary>
internal sealed class ParallelVectors(int threads)
{
    private const int BlockLength = 1 << 15;
    private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = threads };

    /// <summary>Adds to <paramref name="sums"/> what the elements from <paramref name="start"/> to <paramref name="end"/> contribute.</summary>
    public delegate void BlockSums(int start, int end, Span<double> sums);

    public float Dot(float[] left, float[] right) => (float)Dots(left, [right])[0];

    public float Norm(float[] vector) => MathF.Sqrt(Dot(vector, vector));

    /// <summary>The inner products of <paramref name="vector"/> with others, in one pass over it.</summary>
    public double[] Dots(float[] vector, IReadOnlyList<float[]> others) =>
        Sums(vector.Length, others.Count, (start, end, sums) =>
        {
            for (var k = 0; k < sums.Length; k++)
                sums[k] = Dot(vector.AsSpan(start..end), others[k].AsSpan(start..end));
        });

    /// <summary>Writes <paramref name="left"/> minus <paramref name="right"/> into <paramref name="target"/>.</summary>
    public void Subtract(float[] left, float[] right, float[] target) =>
        ForEachBlock(target.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
                target[i] = left[i] - right[i];
        });

    public double Sum(int length, Func<int, int, double> sumOfBlock) =>
        Sums(length, 1, (start, end, sums) => sums[0] = sumOfBlock(start, end))[0];

    /// <summary><paramref name="count"/> sums over a vector of <paramref name="length"/> elements, of those over its blocks.</summary>
    public double[] Sums(int length, int count, BlockSums sumsOfBlock)
    {
        var blocks = new double[Blocks(length)][];
        ForEachBlock(length, (start, end) => sumsOfBlock(start, end, blocks[start / BlockLength] = new double[count]));
        return [.. Enumerable.Range(0, count).Select(k => blocks.Sum(block => block[k]))];
    }

    public void ForEachBlock(int length, Action<int, int> body) =>
        For(Blocks(length), block => body(block * BlockLength, Math.Min(length, (block + 1) * BlockLength)));

    /// <summary>Runs <paramref name="body"/> for every number below <paramref name="count"/>.</summary>
    public void For(int count, Action<int> body)
    {
        if (count == 1)
            body(0);
        else
            Parallel.For(0, count, _options, body);
    }

    public static void AddScaled(ReadOnlySpan<float> source, float factor, Span<float> target)
    {
        var i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(target[i..]) + new Vector<float>(source[i..]) * factor).CopyTo(target[i..]);
        for (; i < target.Length; i++)
            target[i] += source[i] * factor;
    }

    public static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i <= left.Length - 2 * Vector<float>.Count; i += 2 * Vector<float>.Count)
        {
            even += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
            odd += new Vector<float>(left[(i + Vector<float>.Count)..]) * new Vector<float>(right[(i + Vector<float>.Count)..]);
        }
        double sum = Vector.Sum(even + odd);
        for (; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static int Blocks(int length) => (length + BlockLength - 1) / BlockLength;
}
