namespace Microsoft.ML.Data;

/// <summary>How often each class was predicted for each true class.</summary>
public sealed class ConfusionMatrix
{
    private readonly Lazy<string> _table;

    internal ConfusionMatrix(double[][] counts, IReadOnlyList<string> classNames, bool isBinary)
    {
        NumberOfClasses = counts.Length;
        Counts = Array.AsReadOnly(counts.Select(row => (IReadOnlyList<double>)Array.AsReadOnly(row)).ToArray());
        PerClassPrecision = ShareOfDiagonal(predicted => counts.Sum(row => row[predicted]));
        PerClassRecall = ShareOfDiagonal(actual => counts[actual].Sum());
        ClassNames = classNames;
        IsBinary = isBinary;
        _table = new Lazy<string>(() => ConfusionTable.Format(this));

        IReadOnlyList<double> ShareOfDiagonal(Func<int, double> total) =>
            [.. Enumerable.Range(0, NumberOfClasses).Select(i => total(i) is > 0 and var sum ? counts[i][i] / sum : 0)];
    }

    public IReadOnlyList<double> PerClassPrecision { get; }

    public IReadOnlyList<double> PerClassRecall { get; }

    /// <summary>By true class, then by predicted class.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Counts { get; }

    public int NumberOfClasses { get; }

    internal IReadOnlyList<string> ClassNames { get; }

    internal bool IsBinary { get; }

    public string GetFormattedConfusionTable() => _table.Value;

    /// <exception cref="ArgumentOutOfRangeException">An index is that of no class.</exception>
    public double GetCountForClassPair(int predictedClassIndicatorIndex, int actualClassIndicatorIndex)
    {
        Check(predictedClassIndicatorIndex, nameof(predictedClassIndicatorIndex));
        Check(actualClassIndicatorIndex, nameof(actualClassIndicatorIndex));
        return Counts[actualClassIndicatorIndex][predictedClassIndicatorIndex];

        void Check(int index, string name)
        {
            if (index < 0 || index >= NumberOfClasses)
                throw new ArgumentOutOfRangeException(name, "Invalid index. Should be non-negative, less than the number of classes.");
        }
    }
}
