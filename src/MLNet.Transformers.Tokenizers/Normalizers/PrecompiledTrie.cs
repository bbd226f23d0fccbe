using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>A double-array trie over bytes, in the units that the Darts-clone library packs: keys to numbers.</summary>
/// <seealso href="https://github.com/s-yata/darts-clone"/>
internal sealed class PrecompiledTrie
{
    private const uint ValueMask = 0x7FFF_FFFF;
    private const uint LabelMask = 0x8000_00FF;
    private const uint HasLeaf = 1 << 8;

    private readonly uint[] _units;

    /// <summary>Takes a trie as little-endian 32-bit units.</summary>
    public PrecompiledTrie(ReadOnlySpan<byte> bytes)
    {
        _units = new uint[bytes.Length / sizeof(uint)];
        bytes[..(_units.Length * sizeof(uint))].CopyTo(MemoryMarshal.AsBytes(_units.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(_units, _units);
        }
        Root = ChildrenOf(0);
    }

    /// <summary>Where every search starts.</summary>
    public uint Root { get; }

    /// <summary>Goes from <paramref name="node"/> along a byte; <see langword="false"/> where no key does.</summary>
    /// <param name="node">Where the search is, and then where it has come to.</param>
    /// <param name="label">The next byte of the key, which is never 0.</param>
    /// <param name="value">The number of the key that ends here, or -1.</param>
    public bool TryStep(ref uint node, byte label, out int value)
    {
        value = -1;
        uint next = node ^ label;
        if (label == 0 || next >= _units.Length || (_units[next] & LabelMask) != label)
        {
            return false;
        }
        node = ChildrenOf(next);
        if ((_units[next] & HasLeaf) != 0 && node < _units.Length)
        {
            value = (int)(_units[node] & ValueMask);
        }
        return true;
    }

    private uint ChildrenOf(uint node)
    {
        uint unit = _units[node];
        return node ^ ((unit >> 10) << (int)((unit & (1 << 9)) >> 6));
    }
}
