using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>Range, mean and variance of the values of one slot; what is not a number counts for none of them.</summary>
internal sealed class SlotStatistics<T>
    where T : struct, IFloatingPointIeee754<T>
{
    private long _values;
    private long _notFinite;
    private long _finiteNonZeros;
    private double _sumOfSquares;

    public T Minimum { get; private set; } = T.PositiveInfinity;

    public T Maximum { get; private set; } = T.NegativeInfinity;

    public double Mean { get; private set; }

    /// <summary>The mean squared distance from the mean.</summary>
    public double Variance => _sumOfSquares == 0 ? 0 : _sumOfSquares / _finiteNonZeros;

    /// <summary>Welford's update, of which zeros are left to the end.</summary>
    public void Add(T value)
    {
        _values++;
        AddToRange(value);
        if (value == T.Zero)
            return;
        if (!T.IsFinite(value))
        {
            _notFinite++;
            return;
        }

        _finiteNonZeros++;
        var number = double.CreateChecked(value);
        var distance = number - Mean;
        Mean += distance / _finiteNonZeros;
        _sumOfSquares += distance * (number - Mean);
    }

    /// <summary>Counts the zeros among <paramref name="rows"/> rows, those that sparse vectors did not spell out included.</summary>
    public void AddImplicitZeros(long rows)
    {
        if (_values < rows)
            AddToRange(T.Zero);
        var zeros = rows - _notFinite - _finiteNonZeros;
        if (zeros == 0)
            return;
        _finiteNonZeros += zeros;
        var distance = -Mean;
        Mean += distance * zeros / _finiteNonZeros;
        _sumOfSquares += distance * -Mean * zeros;
    }

    private void AddToRange(T value)
    {
        if (value > Maximum)
            Maximum = value;
        if (value < Minimum)
            Minimum = value;
    }
}
