namespace Microsoft.ML.Trainers;

/// <summary>
/// The last steps of an optimisation and the changes of gradient along them, which stand for its inverse Hessian:
/// the two-loop recursion, algorithm 7.4 of Nocedal and Wright, "Numerical Optimization", second edition. Its loops run on inner
/// products, after Chen, Wang and Zhou, "Large-scale L-BFGS using MapReduce" (NIPS 2014), so that the long vectors are read once a step.
/// </summary>
internal sealed class CurvatureHistory(int capacity, ParallelVectors vectors)
{
    private readonly Queue<Pair> _pairs = new();
    private readonly double[,] _stepByChange = new double[capacity, capacity];
    private readonly double[,] _changeByChange = new double[capacity, capacity];

    public void Clear() => _pairs.Clear();

    /// <summary>Remembers a step; false where the gradient did not change along it.</summary>
    public bool TryAdd(PackedVector step, float[] gradientFrom, float[] gradientTo)
    {
        var oldest = _pairs.Count == capacity ? _pairs.Dequeue() : null;
        var change = oldest?.Change ?? new float[gradientTo.Length];
        vectors.Subtract(gradientTo, gradientFrom, change);
        var latest = new Pair(oldest?.Slot ?? _pairs.Count, step, change);
        _pairs.Enqueue(latest);

        var all = _pairs.ToArray();
        float[][] changes = [.. all.Select(pair => pair.Change)];
        var (stepProducts, changeProducts) = (step.Dots(changes, vectors), vectors.Dots(change, changes));
        foreach (var (pair, i) in all.Select((pair, i) => (pair, i)))
        {
            _stepByChange[latest.Slot, pair.Slot] = stepProducts[i];
            _stepByChange[pair.Slot, latest.Slot] = pair.Step.Dot(change, vectors);
            _changeByChange[latest.Slot, pair.Slot] = _changeByChange[pair.Slot, latest.Slot] = changeProducts[i];
        }
        return CurvatureOf(latest) != 0;
    }

    /// <summary>
    /// Multiplies <paramref name="direction"/> by the approximate inverse Hessian, in place. What it becomes where it is zero
    /// is unspecified if <paramref name="zerosMatter"/> is not set.
    /// </summary>
    public void MultiplyByInverseHessian(float[] direction, bool zerosMatter)
    {
        Pair[] convex = [.. _pairs.Where(pair => CurvatureOf(pair) > 0)];
        if (convex is not [.., var latest])
            return;
        float[][] changes = [.. convex.Select(pair => pair.Change)];
        var scale = CurvatureOf(latest) / _changeByChange[latest.Slot, latest.Slot];
        var changeFactors = ChangeFactors(convex, direction);
        var stepFactors = StepFactors(convex, changeFactors, PackedVector.Pack(direction).Dots(changes, vectors), scale);
        vectors.ForEachBlock(direction.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
            {
                if (direction[i] == 0 && !zerosMatter)
                    continue;
                double value = direction[i];
                for (var k = 0; k < changes.Length; k++)
                    value -= changeFactors[k] * changes[k][i];
                direction[i] = (float)(scale * value);
            }
        });
        for (var k = 0; k < convex.Length; k++)
            convex[k].Step.AddTo(direction, (float)stepFactors[k], vectors);
    }

    private double CurvatureOf(Pair pair) => _stepByChange[pair.Slot, pair.Slot];

    /// <summary>The first loop: how much of each change of gradient the direction loses, latest first.</summary>
    private double[] ChangeFactors(Pair[] convex, float[] direction)
    {
        var factors = new double[convex.Length];
        for (var i = convex.Length - 1; i >= 0; i--)
        {
            var product = convex[i].Step.Dot(direction, vectors);
            for (var k = i + 1; k < convex.Length; k++)
                product -= factors[k] * _stepByChange[convex[i].Slot, convex[k].Slot];
            factors[i] = product / CurvatureOf(convex[i]);
        }
        return factors;
    }

    /// <summary>The second loop: how much of each step the scaled direction gains, oldest first.</summary>
    private double[] StepFactors(Pair[] convex, double[] changeFactors, double[] alongChanges, double scale)
    {
        var factors = new double[convex.Length];
        for (var i = 0; i < convex.Length; i++)
        {
            var product = alongChanges[i];
            for (var k = 0; k < convex.Length; k++)
                product -= changeFactors[k] * _changeByChange[convex[i].Slot, convex[k].Slot];
            product *= scale;
            for (var k = 0; k < i; k++)
                product += factors[k] * _stepByChange[convex[k].Slot, convex[i].Slot];
            factors[i] = changeFactors[i] - product / CurvatureOf(convex[i]);
        }
        return factors;
    }

    /// <param name="Slot">Where the pair's inner products stand.</param>
    private sealed record Pair(int Slot, PackedVector Step, float[] Change);
}
