namespace Microsoft.ML.Trainers;

/// <summary>
/// Linear functions of one vector of features. Only features that have a weight keep any, those of all functions side by side.
/// </summary>
internal sealed class LinearScores
{
    private readonly int[] _rowOfFeature;
    private readonly float[] _weights;

    /// <param name="biases">One for each function.</param>
    /// <param name="features">How many features there are.</param>
    /// <param name="weight">The weight of a feature in a function.</param>
    public LinearScores(float[] biases, int features, Func<int, int, float> weight)
    {
        Biases = biases;
        _rowOfFeature = new int[features];
        var weights = new List<float>();
        var row = new float[biases.Length];
        for (var feature = 0; feature < features; feature++)
        {
            for (var function = 0; function < row.Length; function++)
                row[function] = weight(feature, function);
            _rowOfFeature[feature] = -1;
            if (!row.AsSpan().ContainsAnyExcept(0f))
                continue;
            _rowOfFeature[feature] = weights.Count / row.Length;
            weights.AddRange(row);
        }

        _weights = [.. weights];
    }

    private LinearScores(float[] biases, int[] rowOfFeature, float[] weights) =>
        (Biases, _rowOfFeature, _weights) = (biases, rowOfFeature, weights);

    public float[] Biases { get; }

    public int Features => _rowOfFeature.Length;

    public void Score(in VBuffer<float> features, Span<float> scores)
    {
        Contracts.Check(features.Length == Features, "src length should equal the number of features");
        Biases.CopyTo(scores);
        var values = features.GetValues();
        var indices = features.GetIndices();
        for (var i = 0; i < values.Length; i++)
            if (WeightsOf(features.IsDense ? i : indices[i]) is [_, ..] weights)
                ParallelVectors.AddScaled(weights, values[i], scores);
    }

    /// <summary>All weights of features that have any.</summary>
    public ReadOnlySpan<float> Weights => _weights;

    /// <summary>The weights of a feature in all functions; empty where it has none.</summary>
    public ReadOnlySpan<float> WeightsOf(int feature) =>
        _rowOfFeature[feature] is >= 0 and var row ? _weights.AsSpan(row * Biases.Length, Biases.Length) : [];

    public float WeightOf(int feature, int function) => WeightsOf(feature) is [_, ..] weights ? weights[function] : 0;

    /// <summary>The weights of one function, as a sparse vector if fewer than half of them are other than zero.</summary>
    public void CopyWeights(int function, ref VBuffer<float> destination)
    {
        var weighted = Enumerable.Range(0, Features).Where(feature => WeightOf(feature, function) != 0).ToArray();
        var isSparse = weighted.Length < Features / 2;
        var editor = VBufferEditor.Create(ref destination, Features, isSparse ? weighted.Length : Features);
        for (var i = 0; i < editor.Values.Length; i++)
        {
            if (isSparse)
                editor.Indices[i] = weighted[i];
            editor.Values[i] = WeightOf(isSparse ? weighted[i] : i, function);
        }

        destination = editor.Commit();
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Features);
        ValueCodec.Write(writer, VectorType(Biases), Vector(Biases));
        ValueCodec.Write(writer, VectorType(_weights), Vector(_weights));
        foreach (var row in _rowOfFeature)
            writer.Write(row >= 0);
    }

    public static LinearScores Load(BinaryReader reader)
    {
        var features = reader.ReadInt32();
        // A corrupt count must not ask for more memory than the file could fill.
        Contracts.CheckDecode(features >= 0 && features <= reader.BaseStream.Length - reader.BaseStream.Position);
        var rowOfFeature = new int[features];
        var biases = Values(ValueCodec.Read<VBuffer<float>>(reader, out _));
        var weights = Values(ValueCodec.Read<VBuffer<float>>(reader, out _));
        var rows = 0;
        for (var feature = 0; feature < rowOfFeature.Length; feature++)
            rowOfFeature[feature] = reader.ReadBoolean() ? rows++ : -1;
        Contracts.CheckDecode(rows * biases.Length == weights.Length);
        return new(biases, rowOfFeature, weights);
    }

    private static VectorDataViewType VectorType(float[] values) => new(NumberDataViewType.Single, values.Length);

    private static VBuffer<float> Vector(float[] values) => new(values.Length, values);

    private static float[] Values(in VBuffer<float> vector) => [.. vector.GetValues()];
}
