namespace Microsoft.ML.Data;

/// <summary>Lays out one line: columns in full, and from some column on only the slots that differ from the default.</summary>
internal sealed class TextRowWriter(TextWriter writer, char separator, bool dense)
{
    // What a sparse item costs, in dense items.
    private const double SparseWeight = 2.5;
    private const int ShortestSparse = 5;

    private readonly List<(int Slot, string Text)> _items = [];
    private readonly List<(int Limit, int ItemLimit, string Default)> _columns = [];
    private string _default;

    private int Length => _columns.Count == 0 ? 0 : _columns[^1].Limit;

    /// <summary>Starts a column whose slots are <paramref name="defaultText"/> unless added.</summary>
    public void StartColumn(string defaultText) => _default = defaultText;

    /// <summary>Adds a slot of the current column; slots come in order.</summary>
    public void Add(int slot, string text)
    {
        if (text != _default)
            _items.Add((Length + slot, text));
    }

    public void EndColumn(int length) => _columns.Add((Length + length, _items.Count, _default));

    public void EndRow()
    {
        var sparseFrom = dense ? _columns.Count : BestSplit();
        var denseLength = sparseFrom == 0 ? 0 : _columns[sparseFrom - 1].Limit;
        WriteDense(denseLength);
        if (sparseFrom < _columns.Count)
        {
            if (denseLength > 0)
                writer.Write(separator);
            WriteSparse(sparseFrom, denseLength);
        }
        writer.WriteLine();
        _items.Clear();
        _columns.Clear();
    }

    private int ItemsBefore(int column) => column == 0 ? 0 : _columns[column - 1].ItemLimit;

    private int BestSplit()
    {
        var best = 0;
        var bestCost = SparseWeight * _items.Count;
        for (var column = 1; column <= _columns.Count; column++)
        {
            var cost = _columns[column - 1].Limit + (SparseWeight * (_items.Count - ItemsBefore(column)));
            if (cost < bestCost)
                (best, bestCost) = (column, cost);
        }
        var denseLength = best == 0 ? 0 : _columns[best - 1].Limit;
        var sparseLength = Length - denseLength;
        return sparseLength < ShortestSparse || sparseLength < denseLength / 5 ? _columns.Count : best;
    }

    private void WriteDense(int length)
    {
        var (column, item) = (0, 0);
        for (var slot = 0; slot < length; slot++)
        {
            if (slot > 0)
                writer.Write(separator);
            while (slot >= _columns[column].Limit)
                column++;
            writer.Write(item < _items.Count && _items[item].Slot == slot ? _items[item++].Text : _columns[column].Default);
        }
    }

    private void WriteSparse(int column, int denseLength)
    {
        writer.Write(Length - denseLength);
        var first = ItemsBefore(column);
        // A sparse part names at least one slot.
        if (first == _items.Count)
            writer.Write($"{separator}0:{_columns[column].Default}");
        for (var i = first; i < _items.Count; i++)
            writer.Write($"{separator}{_items[i].Slot - denseLength}:{_items[i].Text}");
    }
}
