namespace Microsoft.ML.Data;

/// <summary>The sums that the multiclass metrics are made of.</summary>
internal sealed class MulticlassCounts
{
    private const float SmallestProbability = 1e-15f;
    private readonly int _classes;
    private readonly double[] _instances;
    private readonly double[] _logLosses;
    private readonly double[] _ranks;
    private double _totalInstances;
    private double _totalLogLoss;

    public MulticlassCounts(int classes)
    {
        _classes = classes;
        (_instances, _logLosses) = (new double[classes], new double[classes]);
        // A label of no class _ranks last of all.
        _ranks = new double[classes + 1];
        Confusion = Enumerable.Range(0, classes).Select(_ => new double[classes]).ToArray();
    }

    /// <summary>By true class, then by predicted class.</summary>
    public double[][] Confusion { get; }

    public double MicroAccuracy => _totalInstances > 0 ? _ranks[0] / _totalInstances : 0;

    public double MacroAccuracy =>
        Enumerable.Range(0, _classes).Where(c => _instances[c] > 0).Select(c => Confusion[c][c] / _instances[c]).DefaultIfEmpty(0).Average();

    public double LogLoss => _totalInstances > 0 ? _totalLogLoss / _totalInstances : 0;

    public double LogLossReduction
    {
        get
        {
            var entropy = -_instances.Where(count => count > 0).Sum(count => count * Math.Log(count / _totalInstances)) / _totalInstances;
            return (entropy - LogLoss) / entropy;
        }
    }

    public IReadOnlyList<double> PerClassLogLoss =>
        [.. _instances.Zip(_logLosses, (count, loss) => count > 0 ? loss / count : 0)];

    /// <summary>The share of rows whose true class is among the first, the first two, ... the first <paramref name="k"/> predicted.</summary>
    public IReadOnlyList<double> TopKAccuracies(int k)
    {
        double sum = 0;
        return [.. Enumerable.Range(0, k).Select(rank => sum += _ranks[rank] / _totalInstances)];
    }

    /// <summary>Counts a row; one without a label of a class's kind, or with a score that is not finite, is left out.</summary>
    public void Add(ReadOnlySpan<float> scores, float label)
    {
        if (!(label >= 0) || label != (int)label)
            return;
        foreach (var score in scores)
            if (!float.IsFinite(score))
                return;
        var actual = (int)label;
        var known = actual < _classes;
        var probability = known ? Math.Clamp(scores[actual], SmallestProbability, 1) : SmallestProbability;
        var loss = -Math.Log(probability);
        _totalInstances++;
        _totalLogLoss += loss;

        var (rank, predicted) = RankOf(known ? scores[actual] : 0, actual, scores);
        _ranks[rank]++;
        if (!known)
            return;
        _instances[actual]++;
        _logLosses[actual] += loss;
        Confusion[actual][rank == 0 ? actual : predicted]++;
    }

    /// <summary>How many classes score before the true one, of equal scores the first first; and the class that scores highest.</summary>
    private static (int Rank, int Predicted) RankOf(float score, int actual, ReadOnlySpan<float> scores)
    {
        var (rank, predicted) = (0, 0);
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] > score || (scores[i] == score && i < actual))
                rank++;
            if (scores[i] > scores[predicted])
                predicted = i;
        }
        return (rank, predicted);
    }
}
