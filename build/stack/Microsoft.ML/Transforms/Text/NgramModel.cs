using System.Text;

namespace Microsoft.ML.Transforms.Text;

/// <summary>The n-grams that were learnt from one column, and their weights.</summary>
internal sealed class NgramModel
{
    private readonly NgramTrie _trie;
    private readonly int _ngramLength;
    private readonly int _skipLength;
    private readonly NgramExtractingEstimator.WeightingCriteria _weighting;
    private readonly double[] _inverseDocumentFrequencies;

    public NgramModel(NgramColumn column, NgramLearner learner)
    {
        _trie = learner.Learned;
        _ngramLength = column.NgramLength;
        _skipLength = column.SkipLength;
        _weighting = column.Weighting;
        _inverseDocumentFrequencies = column.NeedsDocumentFrequencies ? learner.InverseDocumentFrequencies() : [];
    }

    public NgramModel(BinaryReader reader)
    {
        _ngramLength = reader.ReadInt32();
        _skipLength = reader.ReadInt32();
        _weighting = (NgramExtractingEstimator.WeightingCriteria)reader.ReadInt32();
        _trie = NgramTrie.Load(reader);
        _inverseDocumentFrequencies = new double[reader.ReadInt32()];
        for (var i = 0; i < _inverseDocumentFrequencies.Length; i++)
            _inverseDocumentFrequencies[i] = reader.ReadDouble();
    }

    /// <summary>The number of n-grams.</summary>
    public int Count => _trie.Count;

    public void Save(BinaryWriter writer)
    {
        writer.Write(_ngramLength);
        writer.Write(_skipLength);
        writer.Write((int)_weighting);
        _trie.Save(writer);
        writer.Write(_inverseDocumentFrequencies.Length);
        foreach (var frequency in _inverseDocumentFrequencies)
            writer.Write(frequency);
    }

    public ValueGetter<VBuffer<float>> MakeGetter(ValueGetter<VBuffer<uint>> getKeys, ulong keyCount)
    {
        var counter = new NgramCounter(_trie, _ngramLength, _skipLength);
        Func<int, float, float> weigh = _weighting switch
        {
            NgramExtractingEstimator.WeightingCriteria.Tf => null,
            NgramExtractingEstimator.WeightingCriteria.Idf => (slot, _) => (float)_inverseDocumentFrequencies[slot],
            NgramExtractingEstimator.WeightingCriteria.TfIdf => (slot, count) => (float)(count * _inverseDocumentFrequencies[slot]),
            _ => throw Contracts.Except("Unsupported weighting criteria"),
        };
        VBuffer<uint> keys = default;
        return (ref VBuffer<float> value) =>
        {
            getKeys(ref keys);
            counter.Count(keys, keyCount, weigh, ref value);
        };
    }

    /// <summary>The terms of each n-gram between bars, a star for a missing one.</summary>
    public void GetSlotNames(DataViewSchema.Column keys, ref VBuffer<ReadOnlyMemory<char>> names)
    {
        VBuffer<ReadOnlyMemory<char>> terms = default;
        keys.GetKeyValues(ref terms);
        var termTexts = terms.DenseValues().ToArray();
        var editor = VBufferEditor.Create(ref names, Count);
        var name = new StringBuilder();
        for (var slot = 0; slot < Count; slot++)
        {
            name.Clear();
            foreach (var term in _trie.Terms(slot))
            {
                if (name.Length > 0)
                    name.Append('|');
                if (term == 0 || term > termTexts.Length)
                    name.Append('*');
                else
                    name.Append(termTexts[term - 1]);
            }
            editor.Values[slot] = name.ToString().AsMemory();
        }
        names = editor.Commit();
    }
}
