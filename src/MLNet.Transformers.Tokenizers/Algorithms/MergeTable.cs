using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The merges of a <see cref="BytePairEncoding"/>: for two tokens that follow each other, the rank of their merge and its result.</summary>
internal sealed class MergeTable
{
    /// <summary>The rank of what does not merge.</summary>
    public const int NoRank = int.MaxValue;

    private readonly Slot[] _slots;
    private readonly int _shift;

    /// <summary>Takes the merges; their order is their rank, and the last of two equal pairs counts.</summary>
    public MergeTable(IReadOnlyList<Merge> merges)
    {
        int bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, merges.Count * 2)));
        _slots = new Slot[1 << bits];
        _shift = 64 - bits;
        for (int rank = 0; rank < merges.Count; rank++)
        {
            (int first, int second, int result) = merges[rank];
            ulong key = Key(first, second);
            int index = Index(key);
            while (_slots[index].Key != 0 && _slots[index].Key != key)
            {
                index = (index + 1) & (_slots.Length - 1);
            }

            _slots[index] = new Slot(key, rank, result);
        }
    }

    /// <summary>The merges in the order of their ranks.</summary>
    public IEnumerable<(int First, int Second)> Pairs => _slots
        .Where(slot => slot.Key != 0)
        .OrderBy(slot => slot.Rank)
        .Select(slot => ((int)(slot.Key >> 32) - 1, (int)(uint)slot.Key));

    /// <summary>The rank of the merge of two tokens, or <see cref="NoRank"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int first, int second, out int result)
    {
        ulong key = Key(first, second);
        for (int index = Index(key); ; index = (index + 1) & (_slots.Length - 1))
        {
            ref Slot slot = ref _slots[index];
            if (slot.Key == key)
            {
                result = slot.Result;
                return slot.Rank;
            }

            if (slot.Key == 0)
            {
                result = -1;
                return NoRank;
            }
        }
    }

    // Never 0, which marks a slot as empty.
    private static ulong Key(int first, int second) => ((ulong)(uint)(first + 1) << 32) | (uint)second;

    private int Index(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> _shift);

    private readonly record struct Slot(ulong Key, int Rank, int Result);
}

/// <summary>A merge of two tokens.</summary>
/// <param name="First">The id of the first.</param>
/// <param name="Second">The id of the second.</param>
/// <param name="Result">The id of the token that both become.</param>
internal readonly record struct Merge(int First, int Second, int Result);
