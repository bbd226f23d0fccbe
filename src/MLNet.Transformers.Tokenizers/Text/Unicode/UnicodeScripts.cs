namespace MLNet.Transformers.Tokenizers;

/// <summary>The scripts that code points belong to, by their Unicode names such as <c>Latin</c> or <c>Common</c>.</summary>
/// <seealso href="https://www.unicode.org/reports/tr24/"/>
internal static class UnicodeScripts
{
    /// <summary>The number of no script: what is not assigned.</summary>
    public const int None = -1;

    private static readonly List<string> s_names = [];
    private static readonly List<(int First, int Last, int Script)> s_ranges = [];

    static UnicodeScripts()
    {
        foreach (string[] fields in UnicodeResource.ReadLines("Scripts.txt").Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')))
        {
            s_ranges.AddRange(fields.Skip(1).Select(range =>
            {
                (int first, int last) = UnicodeResource.ParseRange(range);
                return (first, last, s_names.Count);
            }));
            s_names.Add(fields[0]);
        }

        s_ranges.Sort();
    }

    /// <summary>The number of a script's name, or <see cref="None"/>.</summary>
    public static int Find(string name) => s_names.FindIndex(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The number of the script that a code point belongs to.</summary>
    public static int Get(int codePoint)
    {
        int low = 0, high = s_ranges.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            (int first, int last, int script) = s_ranges[middle];
            if (codePoint < first)
            {
                high = middle - 1;
            }
            else if (codePoint > last)
            {
                low = middle + 1;
            }
            else
            {
                return script;
            }
        }

        return None;
    }
}
