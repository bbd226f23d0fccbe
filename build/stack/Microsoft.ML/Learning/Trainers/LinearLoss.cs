namespace Microsoft.ML.Trainers;

/// <summary>
/// The mean loss of a linear model over the training examples with its L2 penalty, and the gradient, as functions of the parameters: first
/// one bias a score, then for each feature one weight a score. Kept by feature, the weights that a value meets lie side by side,
/// and the gradient needs no copy a thread: losses go row by row, gradients feature by feature.
/// </summary>
internal abstract class LinearLoss
{
    private const int RowsPerPart = 256;
    private readonly TrainingExamples _examples;
    private readonly FeatureColumns _columns;
    private readonly (int Start, int End)[] _parts;
    private readonly int _scores;
    private readonly float _l2;
    private readonly ParallelVectors _vectors;
    private readonly float[] _derivatives;
    private readonly bool[] _isWeighted;

    protected LinearLoss(TrainingExamples examples, int features, int scores, float l2, ParallelVectors vectors)
    {
        (_examples, _scores, _l2, _vectors) = (examples, scores, l2, vectors);
        _columns = examples.Transpose(features);
        _parts = [.. _columns.Parts()];
        _derivatives = new float[checked(examples.Rows * scores)];
        _isWeighted = new bool[features];
    }

    public float Evaluate(float[] parameters, float[] gradient)
    {
        // Under an L1 penalty most features have no weight, and their values need no look at the weights.
        ForEachFeature(feature => _isWeighted[feature] = WeightsOf(feature, parameters).ContainsAnyExcept(0f));
        var loss = (float)SumOfLosses(parameters) + (_l2 > 0 ? Penalty(parameters) : 0);
        var scale = 1 / (float)_examples.WeightSum;
        var biases = gradient.AsSpan(0, _scores);
        biases.Clear();
        for (var row = 0; row < _examples.Rows; row++)
            ParallelVectors.AddScaled(DerivativesOf(row), 1, biases);
        foreach (ref var bias in biases)
            bias *= scale;
        ForEachFeature(feature => SetGradient(feature, parameters, gradient, scale));
        return loss * scale;
    }

    /// <summary>The loss of one row, whose derivatives by the scores take the scores' place.</summary>
    protected abstract float LossOfRow(Span<float> scores, float label);

    private double SumOfLosses(float[] parameters)
    {
        var losses = new double[(_examples.Rows - 1) / RowsPerPart + 1];
        _vectors.For(losses.Length, part =>
        {
            for (var row = part * RowsPerPart; row < Math.Min(_examples.Rows, (part + 1) * RowsPerPart); row++)
            {
                var scores = DerivativesOf(row);
                var weight = _examples.WeightOf(row);
                Score(row, parameters, scores);
                losses[part] += weight * LossOfRow(scores, _examples.LabelOf(row));
                foreach (ref var derivative in scores)
                    derivative *= weight;
            }
        });
        return losses.Sum();
    }

    private void Score(int row, float[] parameters, Span<float> scores)
    {
        parameters.AsSpan(0, _scores).CopyTo(scores);
        var example = _examples.Row(row);
        for (var i = 0; i < example.Indices.Length; i++)
            if (_isWeighted[example.Indices[i]])
                ParallelVectors.AddScaled(WeightsOf(example.Indices[i], parameters), example.Values[i], scores);
    }

    private void SetGradient(int feature, float[] parameters, float[] gradient, float scale)
    {
        var sum = WeightsOf(feature, gradient);
        sum.Clear();
        var column = _columns.Column(feature);
        for (var i = 0; i < column.Indices.Length; i++)
            ParallelVectors.AddScaled(DerivativesOf(column.Indices[i]), column.Values[i], sum);
        if (_l2 > 0 && _isWeighted[feature])
            ParallelVectors.AddScaled(WeightsOf(feature, parameters), _l2, sum);
        foreach (ref var derivative in sum)
            derivative *= scale;
    }

    private float Penalty(float[] parameters) => (float)(_l2 / 2 * _vectors.Sum(parameters.Length, (start, end) =>
    {
        double squares = 0;
        for (var i = Math.Max(start, _scores); i < end; i++)
            squares += parameters[i] * parameters[i];
        return squares;
    }));

    private Span<float> DerivativesOf(int row) => _derivatives.AsSpan(row * _scores, _scores);

    private Span<float> WeightsOf(int feature, float[] parameters) => parameters.AsSpan(_scores + feature * _scores, _scores);

    private void ForEachFeature(Action<int> body) => _vectors.For(_parts.Length, part =>
    {
        for (var feature = _parts[part].Start; feature < _parts[part].End; feature++)
            body(feature);
    });
}
