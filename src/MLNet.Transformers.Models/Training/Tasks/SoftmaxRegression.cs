using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// Multinomial logistic regression with a penalty on the square of the weights. The problem is convex, so it is solved and not
/// trained: by accelerated gradient steps that start over where they overshoot
/// (<see href="https://arxiv.org/abs/1204.3982">O'Donoghue and Candès, 2012</see>).
/// </summary>
public static class SoftmaxRegression
{
    private const int MaxSteps = 5000;
    private const double Tolerance = 1e-7;

    /// <summary>The weights at which the mean cross-entropy, plus half the penalty times the sum of the squared weights, is least.</summary>
    /// <param name="features">(examples, width).</param>
    /// <param name="labels">Index of each example's class, (examples), 64-bit.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="penalty">Above 0; biases are free of it.</param>
    /// <returns>Weights (classes, width) and biases (classes), 64-bit.</returns>
    public static (Tensor Weight, Tensor Bias) Fit(Tensor features, Tensor labels, int classes, double penalty)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var given = features.to(ScalarType.Float64);
        // Centred, features disturb the biases less; in the end the biases make up for it.
        var mean = given.mean([0], keepdim: true);
        var inputs = cat([given.sub(mean), ones(given.size(0), 1, ScalarType.Float64, given.device)], 1); // (examples, width + 1)
        var targets = nn.functional.one_hot(labels, classes).to(ScalarType.Float64);
        var shrinking = ones(inputs.size(1), 1, ScalarType.Float64, given.device).mul_(penalty);
        shrinking.select(0, inputs.size(1) - 1).zero_();
        var step = 1 / (0.5 * LargestEigenvalue(inputs) / inputs.size(0) + penalty);
        var solution = Solve(inputs, targets, shrinking, step);
        var weight = solution.narrow(0, 0, given.size(1)).t().contiguous();
        var bias = solution.select(0, given.size(1)).sub(weight.matmul(mean.squeeze(0)));
        return (weight.MoveToOuterDisposeScope(), bias.MoveToOuterDisposeScope());
    }

    private static Tensor Solve(Tensor inputs, Tensor targets, Tensor shrinking, double step)
    {
        var current = zeros(inputs.size(1), targets.size(1), ScalarType.Float64, inputs.device);
        var ahead = current;
        var momentum = 1.0;
        for (var i = 0; i < MaxSteps; i++)
        {
            using var scope = NewDisposeScope();
            var slope = inputs.t().matmul(inputs.matmul(ahead).softmax(1).sub(targets)).div(inputs.size(0)).add(ahead.mul(shrinking));
            if (slope.norm().item<double>() < Tolerance)
                return ahead.MoveToOuterDisposeScope();
            var next = ahead.sub(slope.mul(step));
            var change = next.sub(current);
            var overshoots = slope.mul(change).sum().item<double>() > 0;
            var nextMomentum = overshoots ? 1 : (1 + Math.Sqrt(1 + 4 * momentum * momentum)) / 2;
            ahead = next.add(change, alpha: overshoots ? 0 : (momentum - 1) / nextMomentum).MoveToOuterDisposeScope();
            (current, momentum) = (next.MoveToOuterDisposeScope(), nextMomentum);
        }
        return current;
    }

    /// <summary>That of inputsᵀ · inputs, by the power method, with a little to spare.</summary>
    private static double LargestEigenvalue(Tensor inputs)
    {
        var square = inputs.t().matmul(inputs);
        var vector = ones(square.size(0), 1, ScalarType.Float64, inputs.device);
        var value = 0.0;
        for (var i = 0; i < 30; i++)
        {
            var next = square.matmul(vector);
            value = next.norm().item<double>();
            vector = next.div(value);
        }
        return 1.1 * value;
    }
}
