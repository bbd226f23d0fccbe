namespace Microsoft.ML.Data;

/// <summary>The fields of one line that are not blank, by their number in the line.</summary>
internal sealed class TextFields
{
    private int[] _numbers = new int[8];
    private ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[8];

    public int Count { get; private set; }

    public int Number(int position) => _numbers[position];
    public ReadOnlyMemory<char> Text(int position) => _texts[position];
    public void Clear() => Count = 0;

    public void Add(int number, ReadOnlyMemory<char> text)
    {
        if (Count == _numbers.Length)
        {
            Array.Resize(ref _numbers, 2 * Count);
            Array.Resize(ref _texts, 2 * Count);
        }
        _numbers[Count] = number;
        _texts[Count++] = text;
    }

    public void RemoveLast() => Count--;

    /// <summary>The position of the first field whose number is at least <paramref name="number"/>.</summary>
    public int Find(int number)
    {
        if (number < Count && _numbers[number] == number)
            return number;
        var found = _numbers.AsSpan(0, Count).BinarySearch(number);
        return found < 0 ? ~found : found;
    }
}
