using System.Runtime.InteropServices;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Features whose columns are equal to the last value, as those of n-grams that occur in one text alone, and whose weights begin equal.
/// Their weights stay equal in every step, so one parameter stands for the m of a group: their common weight times the root of m, which
/// keeps all inner products, over values times the root of m, under the L1 penalty times the root of m.
/// </summary>
internal sealed class FeatureGroups
{
    private readonly int[] _groupOfFeature;
    private readonly List<float> _roots = [];

    public FeatureGroups(TrainingExamples examples, LinearScores initial)
    {
        var columns = new ColumnComparer(examples.Transpose(initial.Features), initial);
        var groups = new Dictionary<int, int>(columns);
        _groupOfFeature = new int[initial.Features];
        var sizes = new List<int>();
        for (var feature = 0; feature < initial.Features; feature++)
        {
            if (!groups.TryGetValue(feature, out var group))
            {
                groups.Add(feature, group = sizes.Count);
                sizes.Add(0);
            }

            _groupOfFeature[feature] = group;
            sizes[group]++;
        }

        _roots.AddRange(sizes.Select(size => MathF.Sqrt(size)));
    }

    public int Count => _roots.Count;

    /// <summary>The examples with one value a group.</summary>
    public TrainingExamples Merge(TrainingExamples examples)
    {
        var merged = new TrainingExamples();
        var lastRowOfGroup = new int[Count];
        for (var row = 0; row < examples.Rows; row++)
        {
            var example = examples.Row(row);
            for (var i = 0; i < example.Indices.Length; i++)
            {
                var group = _groupOfFeature[example.Indices[i]];
                if (lastRowOfGroup[group] == row + 1)
                    continue;
                lastRowOfGroup[group] = row + 1;
                merged.AddValue(group, example.Values[i] * _roots[group]);
            }

            merged.EndRow(examples.LabelOf(row), examples.WeightOf(row));
        }

        return merged;
    }

    /// <summary>The parameters of linear functions: biases first, then group by group.</summary>
    public float[] Parameters(LinearScores scores)
    {
        var functions = scores.Biases.Length;
        var parameters = new float[functions + Count * functions];
        scores.Biases.CopyTo(parameters, 0);
        for (var feature = 0; feature < scores.Features; feature++)
            for (var function = 0; function < functions; function++)
                parameters[PlaceOf(feature, function, functions)] = scores.WeightOf(feature, function) * _roots[_groupOfFeature[feature]];
        return parameters;
    }

    /// <summary>The L1 penalty of each parameter; biases have none.</summary>
    public float[] Penalties(float l1, int functions)
    {
        var penalties = new float[functions + Count * functions];
        for (var group = 0; group < Count; group++)
            penalties.AsSpan(functions + group * functions, functions).Fill(l1 * _roots[group]);
        return penalties;
    }

    /// <summary>The linear functions of parameters.</summary>
    public LinearScores Scores(float[] parameters, int functions) =>
        new(parameters[..functions], _groupOfFeature.Length,
            (feature, function) => parameters[PlaceOf(feature, function, functions)] / _roots[_groupOfFeature[feature]]);

    private int PlaceOf(int feature, int function, int functions) => functions + _groupOfFeature[feature] * functions + function;

    /// <summary>Compares features by their values in all rows and by their initial weights.</summary>
    private sealed class ColumnComparer(FeatureColumns columns, LinearScores initial) : IEqualityComparer<int>
    {
        public bool Equals(int left, int right)
        {
            var leftColumn = columns.Column(left);
            var rightColumn = columns.Column(right);
            return leftColumn.Indices.SequenceEqual(rightColumn.Indices)
                && leftColumn.Values.SequenceEqual(rightColumn.Values)
                && initial.WeightsOf(left).SequenceEqual(initial.WeightsOf(right));
        }

        public int GetHashCode(int feature)
        {
            var column = columns.Column(feature);
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(column.Indices));
            hash.AddBytes(MemoryMarshal.AsBytes(column.Values));
            return hash.ToHashCode();
        }
    }
}
