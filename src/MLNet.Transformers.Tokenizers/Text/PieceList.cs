namespace MLNet.Transformers.Tokenizers;

/// <summary>Pieces of a text: where each starts and ends. Empty pieces are not kept.</summary>
internal sealed class PieceList
{
    private (int Start, int End)[] _items = new (int, int)[64];

    public int Count { get; private set; }

    public ReadOnlySpan<(int Start, int End)> Pieces => _items.AsSpan(0, Count);

    public void Add(int start, int end)
    {
        if (start == end)
        {
            return;
        }

        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = (start, end);
    }

    public void Clear() => Count = 0;
}
