using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>A growing list of ids that is cleared and filled again without giving its memory back.</summary>
internal sealed class IdList
{
    private int[] _items = new int[256];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _items.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int id)
    {
        if (Count == _items.Length)
        {
            Grow(1);
        }

        _items[Count++] = id;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRange(ReadOnlySpan<int> ids)
    {
        if (_items.Length - Count < ids.Length)
        {
            Grow(ids.Length);
        }

        ids.CopyTo(_items.AsSpan(Count));
        Count += ids.Length;
    }

    public void Clear() => Count = 0;

    /// <summary>Forgets the ids after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => Count = count;

    private void Grow(int count) => Array.Resize(ref _items, Math.Max(Count + count, _items.Length * 2));
}
