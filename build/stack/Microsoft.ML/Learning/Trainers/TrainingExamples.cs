using System.Runtime.InteropServices;

namespace Microsoft.ML.Trainers;

/// <summary>Training rows held in memory, zeros left out.</summary>
internal sealed class TrainingExamples
{
    private readonly List<int> _rowEnds = [];
    private readonly List<int> _features = [];
    private readonly List<float> _values = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];

    public int Rows => _labels.Count;

    public double WeightSum { get; private set; }

    public void Add(in VBuffer<float> row, float label, float weight)
    {
        var values = row.GetValues();
        var indices = row.GetIndices();
        for (var i = 0; i < values.Length; i++)
            if (values[i] != 0)
                AddValue(row.IsDense ? i : indices[i], values[i]);
        EndRow(label, weight);
    }

    public void AddValue(int feature, float value)
    {
        _features.Add(feature);
        _values.Add(value);
    }

    public void EndRow(float label, float weight)
    {
        _rowEnds.Add(_features.Count);
        _labels.Add(label);
        _weights.Add(weight);
        WeightSum += weight;
    }

    public float LabelOf(int row) => _labels[row];

    public float WeightOf(int row) => _weights[row];

    public SparseVector Row(int row)
    {
        var range = (row == 0 ? 0 : _rowEnds[row - 1]).._rowEnds[row];
        return new(CollectionsMarshal.AsSpan(_features)[range], CollectionsMarshal.AsSpan(_values)[range]);
    }

    /// <summary>The same values by feature.</summary>
    public FeatureColumns Transpose(int featureCount)
    {
        var starts = new int[featureCount + 1];
        foreach (var feature in _features)
            starts[feature + 1]++;
        for (var feature = 0; feature < featureCount; feature++)
            starts[feature + 1] += starts[feature];
        var next = starts[..featureCount];
        var (rows, values) = (new int[_values.Count], new float[_values.Count]);
        for (var row = 0; row < Rows; row++)
        {
            var example = Row(row);
            for (var i = 0; i < example.Indices.Length; i++)
            {
                var position = next[example.Indices[i]]++;
                (rows[position], values[position]) = (row, example.Values[i]);
            }
        }

        return new(starts, rows, values);
    }
}
