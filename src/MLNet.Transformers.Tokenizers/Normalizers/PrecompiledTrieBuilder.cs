using System.Buffers.Binary;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Lays out a <see cref="PrecompiledTrie"/>.</summary>
/// <param name="keys">The keys in the order of their bytes, without repetition and without zeros, each with its number.</param>
internal sealed class PrecompiledTrieBuilder((byte[] Key, int Value)[] keys)
{
    private const uint IsLeaf = 1u << 31;
    private const uint HasLeaf = 1 << 8;
    private const int OffsetShift = 10;
    private const int OffsetLimit = 1 << 21;
    private const int BlockSize = 256;

    private readonly List<byte> _labels = [];
    private readonly FreePlaces _free = new();
    private uint[] _units = [];
    private bool[] _isTaken = [];
    private bool[] _isBase = [];

    /// <summary>The trie as little-endian 32-bit units.</summary>
    /// <exception cref="ArgumentException">There are more keys than the format has room for.</exception>
    public byte[] Build()
    {
        Grow(BlockSize);
        _isTaken[0] = true;
        Place(unit: 0, begin: 0, end: keys.Length, depth: 0);
        byte[] bytes = new byte[_units.Length * sizeof(uint)];
        for (int index = 0; index < _units.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * sizeof(uint)), _units[index]);
        }
        return bytes;
    }

    private void Place(int unit, int begin, int end, int depth)
    {
        bool endsHere = keys[begin].Key.Length == depth;
        CollectLabels(begin, end, depth);
        int @base = FindBase();
        _isBase[@base] = true;
        int offset = unit ^ @base;
        _units[unit] |= ((uint)offset << OffsetShift) | (endsHere ? HasLeaf : 0);
        foreach (byte label in _labels)
        {
            _free.Take(@base ^ label);
            _isTaken[@base ^ label] = true;
            _units[@base ^ label] = label;
        }
        if (endsHere)
        {
            _units[@base] = IsLeaf | (uint)keys[begin++].Value;
        }
        while (begin < end)
        {
            byte label = keys[begin].Key[depth];
            int next = begin + 1;
            while (next < end && keys[next].Key[depth] == label)
            {
                next++;
            }
            Place(@base ^ label, begin, next, depth + 1);
            begin = next;
        }
    }

    // A key that ends here takes the place of label 0, which no key has.
    private void CollectLabels(int begin, int end, int depth)
    {
        _labels.Clear();
        for (; begin < end; begin++)
        {
            byte label = keys[begin].Key.Length == depth ? (byte)0 : keys[begin].Key[depth];
            if (_labels.Count == 0 || _labels[^1] != label)
            {
                _labels.Add(label);
            }
        }
    }

    private int FindBase()
    {
        byte first = _labels[0];
        int place;
        while ((place = _free.Find(candidate => Fits(candidate ^ first))) < 0)
        {
            Grow(_units.Length + Math.Max(BlockSize, _units.Length / 2 / BlockSize * BlockSize));
        }
        return place ^ first;
    }

    private bool Fits(int @base)
    {
        if (_isBase[@base])
        {
            return false;
        }
        foreach (byte label in _labels)
        {
            if (_isTaken[@base ^ label])
            {
                return false;
            }
        }
        return true;
    }

    // Whole blocks, so that a base never leads out of the units.
    private void Grow(int length)
    {
        if (length > OffsetLimit)
        {
            throw new ArgumentException("There are more normalization rules than their compiled form has room for.");
        }
        Array.Resize(ref _units, length);
        Array.Resize(ref _isTaken, length);
        Array.Resize(ref _isBase, length);
        _free.Grow(length);
    }
}
