namespace MLNet.Transformers.Tool.Data;

/// <summary>A row of a text file.</summary>
/// <param name="Line">The line that it begins on, from 1.</param>
/// <param name="Fields">Its values.</param>
/// <param name="IsLegal">Whether every value that begins with a double quote ends with one.</param>
/// <param name="SpansLines">Whether a value has line ends in it.</param>
internal sealed record DelimitedRow(long Line, IReadOnlyList<string> Fields, bool IsLegal, bool SpansLines)
{
    /// <summary>The value at a place; empty where the row ends before.</summary>
    public string this[int index] => index < Fields.Count ? Fields[index] : "";

    /// <summary>The number of values, those at the end that are empty left out where they go beyond <paramref name="expected"/>.</summary>
    public int Width(int expected)
    {
        var width = Fields.Count;
        while (width > expected && Fields[width - 1].Length == 0)
            width--;
        return width;
    }
}
