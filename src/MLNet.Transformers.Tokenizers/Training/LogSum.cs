namespace MLNet.Transformers.Tokenizers;

/// <summary>A sum of probabilities that are given by their logarithms, kept relative to the greatest so that none is lost.</summary>
internal struct LogSum
{
    public static readonly LogSum Impossible = new() { _greatest = double.NegativeInfinity };

    public static readonly LogSum Certain = new() { _greatest = 0, _sum = 1 };

    private double _greatest;
    private double _sum;
    private double _logarithm;
    private bool _isKnown;

    public void Add(double logarithm)
    {
        if (logarithm <= _greatest)
        {
            _sum += Math.Exp(logarithm - _greatest);
        }
        else
        {
            _sum = (_sum * Math.Exp(_greatest - logarithm)) + 1;
            _greatest = logarithm;
        }
        _isKnown = false;
    }

    /// <summary>The logarithm of the sum, which is worked out once.</summary>
    public double Logarithm()
    {
        if (!_isKnown)
        {
            (_logarithm, _isKnown) = (_greatest + Math.Log(_sum), true);
        }
        return _logarithm;
    }
}
