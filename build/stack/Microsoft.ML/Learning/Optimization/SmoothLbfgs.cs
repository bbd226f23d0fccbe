namespace Microsoft.ML.Trainers;

/// <summary>
/// L-BFGS for a smooth function, with a line search for the strong Wolfe conditions:
/// algorithms 3.5 and 3.6 of Nocedal and Wright, "Numerical Optimization", second edition.
/// </summary>
internal sealed class SmoothLbfgs(DifferentiableFunction function, float[] initial, int historySize, ParallelVectors vectors, bool nonNegative)
    : LimitedMemoryBfgs(function, initial, historySize, vectors)
{
    private const float SufficientDecrease = 1e-4f;
    private const float Curvature = 0.9f;
    private const float SmallestChange = 0.01f;
    private const int MaximumZooms = 10;

    protected override void UpdateDirection()
    {
        Vectors.ForEachBlock(Direction.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
                Direction[i] = SteepestDescent(i);
        });
        MultiplyDirectionByInverseHessian(zerosMatter: !nonNegative);
        if (nonNegative)
            Vectors.ForEachBlock(Direction.Length, (start, end) =>
            {
                for (var i = start; i < end; i++)
                    if (SteepestDescent(i) == 0)
                        Direction[i] = 0;
            });
    }

    protected override bool TrySearchLine(bool force)
    {
        var slope = Descending(Vectors.Dot(Direction, Gradient));
        var alpha = Iteration == 1 ? 1 / Vectors.Norm(Direction) : 1;
        var last = new Step(0, LastValue, slope);
        while (true)
        {
            var current = Take(alpha);
            if (float.IsPositiveInfinity(current.Value))
            {
                alpha /= 2;
                continue;
            }
            EnsureFinite(current.Value);
            if (current.Value > LastValue + SufficientDecrease * slope * alpha || (last.Length > 0 && current.Value >= last.Value))
                return TryZoom(last, current, slope, force);
            if (Math.Abs(current.Slope) <= -Curvature * slope)
                return true;
            if (current.Slope >= 0)
                return TryZoom(current, last, slope, force);
            last = current;
            alpha = alpha == 0 ? float.Epsilon : alpha * 2;
        }
    }

    private bool TryZoom(Step low, Step high, float slope, bool force)
    {
        for (var zooms = 0; zooms < MaximumZooms || force; zooms++)
        {
            var current = Take(Between(low, high));
            EnsureFinite(current.Value);
            if (current.Value > LastValue + SufficientDecrease * slope * current.Length || current.Value >= low.Value)
            {
                if (high.Length == current.Length)
                    return GiveUp(force);
                high = current;
                continue;
            }
            if (Math.Abs(current.Slope) <= -Curvature * slope)
                return true;
            if (current.Slope * (high.Length - low.Length) >= 0)
                high = low;
            if (low.Length == current.Length)
                return GiveUp(force);
            low = current;
        }
        return false;
    }

    private static bool GiveUp(bool force) =>
        force ? throw new PrematureConvergenceException("Step size interval numerically zero.") : false;

    private float SteepestDescent(int i) => nonNegative && Point[i] <= 0 ? -Math.Min(Gradient[i], 0) : -Gradient[i];

    private Step Take(float alpha)
    {
        Vectors.ForEachBlock(NextPoint.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
            {
                var moved = Point[i] + alpha * Direction[i];
                NextPoint[i] = nonNegative && moved < 0 ? 0 : moved;
            }
        });
        Value = Evaluate(NextPoint, NextGradient);
        return new Step(alpha, Value, float.IsFinite(Value) ? Vectors.Dot(Direction, NextGradient) : 0);
    }

    /// <summary>A trial length between two steps, no nearer to either than a hundredth of the way.</summary>
    private static float Between(Step low, Step high)
    {
        var (left, right) = low.Length < high.Length ? (low, high) : (high, low);
        // Between two such slopes the cubic has a maximum.
        var alpha = left.Slope > 0 && right.Slope < 0
            ? (low.Value < high.Value ? low : high).Length
            : MinimumOfCubic(low, high);
        if (!float.IsFinite(alpha))
            alpha = (low.Length + high.Length) / 2;
        alpha = Math.Min(alpha, SmallestChange * left.Length + (1 - SmallestChange) * right.Length);
        return Math.Max(alpha, SmallestChange * right.Length + (1 - SmallestChange) * left.Length);
    }

    /// <summary>Equation 3.59 of Nocedal and Wright.</summary>
    private static float MinimumOfCubic(Step a, Step b)
    {
        double d1 = a.Slope + b.Slope - 3 * (a.Value - b.Value) / (a.Length - b.Length);
        var d2 = Math.Sign(b.Length - a.Length) * Math.Sqrt(d1 * d1 - a.Slope * b.Slope);
        return (float)(b.Length - (b.Length - a.Length) * (b.Slope + d2 - d1) / (b.Slope - a.Slope + 2 * d2));
    }

    private readonly record struct Step(float Length, float Value, float Slope);
}
