namespace Microsoft.ML.Trainers;

/// <summary>
/// L-BFGS for a smooth convex function plus the absolute parameters times their <paramref name="penalties"/>, where those without one
/// are biases: Andrew and Gao, "Scalable Training of L1-Regularized Log-Linear Models", ICML 2007
/// (https://doi.org/10.1145/1273496.1273501).
/// </summary>
internal sealed class OrthantWiseLbfgs(
    DifferentiableFunction function, float[] initial, int historySize, ParallelVectors vectors, float[] penalties, bool nonNegative)
    : LimitedMemoryBfgs(function, initial, historySize, vectors)
{
    private const float SufficientDecrease = 1e-4f;
    private const float Shrinkage = 0.25f;
    private const int MaximumTrials = 8;
    private readonly float[] _steepestDescent = new float[initial.Length];

    protected override float Evaluate(float[] point, float[] gradient)
    {
        var norm = (float)Vectors.Sum(point.Length, (start, end) =>
        {
            double sum = 0;
            for (var i = start; i < end; i++)
                sum += penalties[i] * Math.Abs(point[i]);
            return sum;
        });
        return norm + base.Evaluate(point, gradient);
    }

    protected override void UpdateDirection()
    {
        Vectors.ForEachBlock(Direction.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
                Direction[i] = _steepestDescent[i] = SteepestDescent(i);
        });
        MultiplyDirectionByInverseHessian(zerosMatter: false);
        Vectors.ForEachBlock(Direction.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
                if (_steepestDescent[i] == 0)
                    Direction[i] = 0;
        });
    }

    protected override bool TrySearchLine(bool force)
    {
        Descending(-Vectors.Dot(Direction, _steepestDescent));
        var alpha = Iteration == 1 ? 1 / Vectors.Norm(Direction) : 1;
        var descent = Take(alpha);
        if (descent < 0)
        {
            StayInOrthantOfSteepestDescent();
            descent = Take(alpha);
        }
        for (var trial = 1; ; trial++)
        {
            Value = Evaluate(NextPoint, NextGradient);
            if (Value <= LastValue - SufficientDecrease * descent)
                return true;
            if (!force && trial == MaximumTrials)
                return false;
            alpha *= Shrinkage;
            descent = Take(alpha);
        }
    }

    /// <summary>The negated element of least absolute value in the subgradient.</summary>
    private float SteepestDescent(int i)
    {
        var (x, gradient, penalty) = (Point[i], Gradient[i], penalties[i]);
        if (penalty == 0)
            return -gradient;
        if (nonNegative)
            return x > 0 ? -gradient - penalty : -Math.Min(gradient + penalty, 0);
        return x switch
        {
            < 0 => -gradient + penalty,
            > 0 => -gradient - penalty,
            _ when gradient < -penalty => -gradient - penalty,
            _ when gradient > penalty => -gradient + penalty,
            _ => 0,
        };
    }

    private void StayInOrthantOfSteepestDescent() =>
        Vectors.ForEachBlock(Direction.Length, (start, end) =>
        {
            for (var i = start; i < end; i++)
                if (penalties[i] > 0 && _steepestDescent[i] * Direction[i] < 0)
                    Direction[i] = 0;
        });

    /// <summary>Moves by <paramref name="alpha"/> without leaving the orthant, and says how far along steepest descent that led.</summary>
    private float Take(float alpha) =>
        (float)Vectors.Sum(NextPoint.Length, (start, end) =>
        {
            double descent = 0;
            for (var i = start; i < end; i++)
            {
                var moved = Point[i] + alpha * Direction[i];
                if (penalties[i] > 0 && (nonNegative ? moved < 0 : Point[i] * moved < 0))
                    moved = 0;
                NextPoint[i] = moved;
                descent += (double)_steepestDescent[i] * (moved - Point[i]);
            }
            return descent;
        });
}
