using System.Globalization;

namespace MLNet.Transformers.Tool.Data;

/// <summary>Lines of a file that something is the matter with: how many, and the first few.</summary>
internal sealed class LineList
{
    private const int Shown = 5;
    private readonly List<string> _first = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a line.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="what">What is said after it, such as "(3 columns)".</param>
    public void Add(long line, string what = "")
    {
        if (Count++ < Shown)
            _first.Add(what.Length == 0 ? line.ToString(CultureInfo.InvariantCulture) : $"{line} {what}");
    }

    /// <summary>The lines as they are named to the user, such as "line 3" or "lines 3, 5 and 9 more".</summary>
    public override string ToString() => Count switch
    {
        1 => $"line {_first[0]}",
        <= Shown => $"lines {string.Join(", ", _first.SkipLast(1))} and {_first[^1]}",
        _ => $"lines {string.Join(", ", _first)} and {Count - Shown} more",
    };
}
