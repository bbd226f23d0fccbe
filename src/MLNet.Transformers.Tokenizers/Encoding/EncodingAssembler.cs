using System.Collections.Immutable;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Cuts, joins and pads what was collected of one text or two.</summary>
/// <param name="first">The tokens of the first text.</param>
/// <param name="second">The tokens of the second text, if there is one.</param>
/// <param name="steps">Where texts and special tokens stand.</param>
/// <param name="trimming">How offsets leave spaces out.</param>
internal readonly ref struct EncodingAssembler(
    ReadOnlySpan<CollectedToken> first,
    ReadOnlySpan<CollectedToken> second,
    AssemblyStep[] steps,
    OffsetTrimming? trimming)
{
    private readonly ReadOnlySpan<CollectedToken> _first = first;
    private readonly ReadOnlySpan<CollectedToken> _second = second;

    /// <summary>The windows joined: the first of both texts, and in it all other combinations, padded to one length.</summary>
    public EncodedText Assemble(TokenWindows windows, Padding? padding)
    {
        int length = CountTokens(windows.First[0], windows.Second[0]);
        int paddedLength = padding is null ? 0 : PaddedLength(padding, padding.Length ?? length);
        var overflowing = new List<EncodedText>();
        for (int i = 1; i < windows.First.Count; i++)
        {
            foreach ((int Start, int End) second in windows.Second)
            {
                overflowing.Add(Join(windows.First[i], second, padding, paddedLength, []));
            }
        }

        for (int i = 1; i < windows.Second.Count; i++)
        {
            overflowing.Add(Join(windows.First[0], windows.Second[i], padding, paddedLength, []));
        }

        return Join(windows.First[0], windows.Second[0], padding, paddedLength, [.. overflowing]);
    }

    private EncodedText Join((int Start, int End) first, (int Start, int End) second, Padding? padding, int paddedLength, ImmutableArray<EncodedText> overflowing)
    {
        int length = CountTokens(first, second);
        var columns = new TokenColumns(Math.Max(length, paddedLength));
        if (padding is { Side: TextSide.Left })
        {
            columns.AddPadding(padding, paddedLength - length);
        }

        foreach (AssemblyStep step in steps)
        {
            switch (step.Sequence)
            {
                case 0:
                    columns.AddText(_first[first.Start..first.End], step, trimming);
                    break;
                case 1:
                    columns.AddText(_second[second.Start..second.End], step, trimming);
                    break;
                default:
                    columns.AddSpecials(step);
                    break;
            }
        }

        if (padding is { Side: TextSide.Right })
        {
            columns.AddPadding(padding, paddedLength - length);
        }

        return columns.ToEncodedText(overflowing);
    }

    private int CountTokens((int Start, int End) first, (int Start, int End) second)
    {
        int length = 0;
        foreach (AssemblyStep step in steps)
        {
            length += step.Sequence switch
            {
                0 => first.End - first.Start,
                1 => second.End - second.Start,
                _ => step.Specials.Length,
            };
        }

        return length;
    }

    /// <summary>The length that encodings are padded to, the longest of which has <paramref name="length"/> tokens.</summary>
    public static int PaddedLength(Padding padding, int length) => padding.MultipleOf is { } multiple and > 0
        ? (length + multiple - 1) / multiple * multiple
        : length;
}
