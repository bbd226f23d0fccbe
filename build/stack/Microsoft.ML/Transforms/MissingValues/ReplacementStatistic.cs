namespace Microsoft.ML.Transforms;

/// <summary>A statistic of the values of a column, for each slot by itself or for all together.</summary>
internal abstract class ReplacementStatistic(int slots)
{
    /// <summary>The number of slots that have statistics of their own; 0 where all have one.</summary>
    protected int Slots { get; } = slots;

    public static ReplacementStatistic Create(MissingValueReplacingEstimator.ReplacementMode mode, int slots) => mode switch
    {
        MissingValueReplacingEstimator.ReplacementMode.DefaultValue => new ConstantStatistic(),
        MissingValueReplacingEstimator.ReplacementMode.Mean => new MeanStatistic(slots),
        MissingValueReplacingEstimator.ReplacementMode.Minimum => new ExtremeStatistic(slots, sign: -1),
        MissingValueReplacingEstimator.ReplacementMode.Maximum => new ExtremeStatistic(slots, sign: 1),
        MissingValueReplacingEstimator.ReplacementMode.Mode => new ModeStatistic(slots),
        _ => throw Contracts.Except($"Internal error, undefined ReplacementKind '{mode}' assigned in NAReplaceTransform."),
    };

    /// <summary>Gives each column's statistic all its values in one pass.</summary>
    public static void Collect(IDataView data, DataViewSchema.Column[] columns, ReplacementStatistic[] statistics)
    {
        using var cursor = data.GetRowCursor(columns);
        Action[] collectors = [.. columns.Zip(statistics, (column, statistic) =>
            Generic.Invoke<Action>(MakeCollector<int>, column.Type.GetItemType().RawType, cursor, column, statistic))];
        while (cursor.MoveNext())
        {
            foreach (var collect in collectors)
                collect();
        }
    }

    /// <summary>The replacement of each slot, or the one of all.</summary>
    public double[] Replacements() => [.. Enumerable.Range(0, Math.Max(Slots, 1)).Select(Replacement)];

    protected abstract void Add(int slot, double value);
    protected abstract double Replacement(int slot);

    private static Action MakeCollector<T>(DataViewRow row, DataViewSchema.Column column, ReplacementStatistic statistic)
    {
        var get = VectorGetters.Get<T>(row, column);
        var toDouble = (Func<T, double>)TypeConversion.FindOrNull(typeof(T), typeof(double));
        VBuffer<T> values = default;
        return () =>
        {
            get(ref values);
            foreach (var (slot, value) in values.Items(all: true))
                statistic.Add(statistic.Slots == 0 ? 0 : slot, toDouble(value));
        };
    }

    private sealed class ConstantStatistic() : ReplacementStatistic(0)
    {
        protected override void Add(int slot, double value)
        {
        }

        protected override double Replacement(int slot) => 0;
    }

    private sealed class MeanStatistic(int slots) : ReplacementStatistic(slots)
    {
        private readonly double[] _sums = new double[Math.Max(slots, 1)];
        private readonly long[] _counts = new long[Math.Max(slots, 1)];

        protected override void Add(int slot, double value)
        {
            if (!double.IsFinite(value))
                return;
            _sums[slot] += value;
            _counts[slot]++;
        }

        protected override double Replacement(int slot) => _counts[slot] == 0 ? 0 : _sums[slot] / _counts[slot];
    }

    private sealed class ExtremeStatistic(int slots, int sign) : ReplacementStatistic(slots)
    {
        private readonly double[] _best = [.. Enumerable.Repeat(sign * double.NegativeInfinity, Math.Max(slots, 1))];

        protected override void Add(int slot, double value)
        {
            if (sign * value > sign * _best[slot])
                _best[slot] = value;
        }

        protected override double Replacement(int slot) => _best[slot];
    }

    private sealed class ModeStatistic(int slots) : ReplacementStatistic(slots)
    {
        private readonly Dictionary<(int Slot, double Value), int> _counts = [];
        private readonly (double Value, int Count)[] _best = new (double, int)[Math.Max(slots, 1)];

        protected override void Add(int slot, double value)
        {
            if (!double.IsFinite(value))
                return;
            var count = _counts[(slot, value)] = _counts.GetValueOrDefault((slot, value)) + 1;
            if (count > _best[slot].Count)
                _best[slot] = (value, count);
        }

        protected override double Replacement(int slot) => _best[slot].Value;
    }
}
