namespace Microsoft.ML.Trainers;

/// <summary>The point an optimisation ended at, its value, and why it ended early, if it did.</summary>
internal sealed record Optimum(float[] Point, float Value, string PrematureEnd);

/// <summary>Limited-memory quasi-Newton minimisation.</summary>
internal abstract class LimitedMemoryBfgs(DifferentiableFunction function, float[] initial, int historySize, ParallelVectors vectors)
{
    private readonly CurvatureHistory _history = new(historySize, vectors);

    protected ParallelVectors Vectors { get; } = vectors;
    protected float[] Point { get; private set; } = initial;
    protected float[] Gradient { get; private set; } = new float[initial.Length];
    protected float[] NextPoint { get; private set; } = new float[initial.Length];
    protected float[] NextGradient { get; private set; } = new float[initial.Length];
    protected float[] Direction { get; } = new float[initial.Length];
    protected float Value { get; set; }
    protected float LastValue { get; private set; }
    protected int Iteration { get; private set; } = 1;

    /// <exception cref="InvalidOperationException">The function is not finite, or its gradient is not that of a convex function.</exception>
    public Optimum Minimize(ImprovementCriterion criterion, Action checkAlive)
    {
        Value = LastValue = Evaluate(Point, Gradient);
        EnsureFinite(Value);
        try
        {
            for (UpdateDirection(); ; UpdateDirection())
            {
                checkAlive();
                if (!TrySearchLine(force: false))
                {
                    // Rounding in earlier gradients may have spoilt the curvature: begin again with steepest descent.
                    _history.Clear();
                    UpdateDirection();
                    TrySearchLine(force: true);
                }

                if (criterion.IsMet(LastValue, Value, Iteration))
                    return new Optimum(NextPoint, Value, null);
                Advance();
            }
        }
        catch (PrematureConvergenceException end)
        {
            return new Optimum(NextPoint, Value, end.Message);
        }
    }

    protected virtual float Evaluate(float[] point, float[] gradient) => function(point, gradient);

    /// <summary>Sets <see cref="Direction"/> for the next line search.</summary>
    protected abstract void UpdateDirection();

    /// <summary>Sets <see cref="NextPoint"/>, its gradient and value; false where no good step was found, unless forced to go on.</summary>
    protected abstract bool TrySearchLine(bool force);

    protected void MultiplyDirectionByInverseHessian(bool zerosMatter) => _history.MultiplyByInverseHessian(Direction, zerosMatter);

    /// <summary>The slope along the direction, which must descend.</summary>
    protected static float Descending(float slope) => slope switch
    {
        0 => throw new PrematureConvergenceException("Directional derivative is zero. You may be sitting on the optimum."),
        < 0 => slope,
        _ => throw new InvalidOperationException("L-BFGS chose a non-descent direction."),
    };

    protected static void EnsureFinite(float value)
    {
        if (!float.IsFinite(value))
            throw new InvalidOperationException($"Optimizer unable to proceed with loss function yielding {value}");
    }

    private void Advance()
    {
        Vectors.Subtract(NextPoint, Point, Direction);
        if (!_history.TryAdd(PackedVector.Pack(Direction), Gradient, NextGradient))
            throw new PrematureConvergenceException("ro equals zero. Is your function linear?");
        (Point, NextPoint) = (NextPoint, Point);
        (Gradient, NextGradient) = (NextGradient, Gradient);
        (LastValue, Value) = (Value, LastValue);
        Iteration++;
    }

    /// <summary>Two points are as near as numbers can be, and the criterion is not met.</summary>
    protected sealed class PrematureConvergenceException(string message) : Exception(message);
}
