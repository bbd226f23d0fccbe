using System.Text;

namespace Microsoft.ML.Transforms.Text;

/// <summary>Characters as keys: their UTF-16 code, where the null character is the missing key.</summary>
internal static class CharacterKeys
{
    public const ushort TextStart = 0x02;
    public const ushort TextEnd = 0x03;
    public const ushort UnitSeparator = 0x1F;
    public const int Count = ushort.MaxValue;

    private const int ControlPictures = 0x2400;

    private static readonly Dictionary<char, string> ControlNames = new()
    {
        ['\u0080'] = "PAD", ['\u0081'] = "HOP", ['\u0082'] = "BPH", ['\u0083'] = "NBH", ['\u0084'] = "IND", ['\u0085'] = "NEL",
        ['\u0086'] = "SSA", ['\u0087'] = "ESA", ['\u0088'] = "HTS", ['\u0089'] = "HTJ", ['\u008A'] = "VTS", ['\u008B'] = "PLD",
        ['\u008C'] = "PLU", ['\u008D'] = "RI", ['\u008E'] = "SS2", ['\u008F'] = "SS3", ['\u0090'] = "DCS", ['\u0091'] = "PU1",
        ['\u0092'] = "PU2", ['\u0093'] = "STS", ['\u0094'] = "CCH", ['\u0095'] = "MW", ['\u0096'] = "SPA", ['\u0097'] = "EPA",
        ['\u0098'] = "SOS", ['\u0099'] = "SGCI", ['\u009A'] = "SCI", ['\u009B'] = "CSI", ['\u009C'] = "ST", ['\u009D'] = "OSC",
        ['\u009E'] = "PM", ['\u009F'] = "APC", ['\u2028'] = "LSEP", ['\u2029'] = "PSEP",
    };

    private static readonly Lazy<ReadOnlyMemory<char>[]> Names = new(CreateNames);

    /// <summary>The keys' values: the characters themselves, control characters by picture or name.</summary>
    public static void GetNames(ref VBuffer<ReadOnlyMemory<char>> names)
    {
        var editor = VBufferEditor.Create(ref names, Count);
        Names.Value.CopyTo(editor.Values);
        names = editor.Commit();
    }

    private static ReadOnlyMemory<char>[] CreateNames()
    {
        var text = new StringBuilder();
        var ends = new int[Count];
        for (var i = 0; i < Count; i++)
        {
            text.Append(Name((char)(i + 1)));
            ends[i] = text.Length;
        }
        // One string holds all names.
        var all = text.ToString().AsMemory();
        return [.. ends.Select((end, i) => all[(i == 0 ? 0 : ends[i - 1])..end])];
    }

    private static string Name(char c) => c switch
    {
        <= ' ' => $"<{(char)(ControlPictures + c)}>",
        '\u007F' => "<\u2421>",
        // Half of a surrogate pair has no text of its own; all halves share ML.NET's name.
        _ when char.IsSurrogate(c) => "\\u4X",
        _ when ControlNames.TryGetValue(c, out var name) => $"<{name}>",
        _ => c.ToString(),
    };
}
