namespace MLNet.Transformers.Tokenizers;

/// <summary>The parts that truncation cuts the tokens of one text or two into; the first of each is what stays.</summary>
/// <param name="First">The parts of the first text.</param>
/// <param name="Second">The parts of the second text; one that is empty where there is none.</param>
internal sealed record TokenWindows(IReadOnlyList<(int Start, int End)> First, IReadOnlyList<(int Start, int End)> Second)
{
    /// <summary>Cuts as <paramref name="truncation"/> says.</summary>
    /// <param name="first">The number of tokens of the first text.</param>
    /// <param name="second">The number of tokens of the second text; <see langword="null"/> where there is none.</param>
    /// <param name="specials">The number of special tokens that are added.</param>
    /// <param name="truncation">How it is cut.</param>
    /// <exception cref="InvalidOperationException">The texts cannot be cut to that length in that way.</exception>
    public static TokenWindows Cut(int first, int? second, int specials, Truncation? truncation)
    {
        int total = first + (second ?? 0);
        if (truncation is null || total + specials <= truncation.MaxLength)
        {
            return new TokenWindows([(0, first)], [(0, second ?? 0)]);
        }

        int room = truncation.MaxLength - specials;
        if (room < 0)
        {
            throw new InvalidOperationException($"A length of {truncation.MaxLength} has no room for the {specials} special tokens.");
        }

        (int firstRoom, int secondRoom) = Share(first, second, room, truncation.Strategy);
        return new TokenWindows(Slide(first, firstRoom, truncation), second is null ? [(0, 0)] : Slide(second.Value, secondRoom, truncation));
    }

    private static (int First, int Second) Share(int first, int? second, int room, TruncationStrategy strategy)
    {
        if (room == 0)
        {
            return (0, 0);
        }

        switch (strategy)
        {
            case TruncationStrategy.OnlyFirst:
                return (Rest(first, second ?? 0, room), second ?? 0);
            case TruncationStrategy.OnlySecond:
                return second is null
                    ? throw new InvalidOperationException("Truncation is to cut the second text, and there is none.")
                    : (first, Rest(second.Value, first, room));
        }

        if (second is null)
        {
            return (room, 0);
        }

        int shorter = Math.Min(first, second.Value);
        int longerRoom = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if (shorter + longerRoom > room)
        {
            shorter = room / 2;
            longerRoom = shorter + (room % 2);
        }

        return first > second ? (longerRoom, shorter) : (shorter, longerRoom);
    }

    private static int Rest(int length, int other, int room) => room - other is var rest and > 0
        ? Math.Min(rest, length)
        : throw new InvalidOperationException("The text that is to be cut is too short to make both fit.");

    private static List<(int Start, int End)> Slide(int length, int window, Truncation truncation)
    {
        if (window >= length)
        {
            return [(0, length)];
        }

        if (window == 0)
        {
            return [(0, 0), (0, length)];
        }

        if (truncation.Stride >= window)
        {
            throw new InvalidOperationException($"A stride of {truncation.Stride} does not move a window of {window} tokens.");
        }

        var windows = new List<(int Start, int End)>();
        int step = window - truncation.Stride;
        if (truncation.Side == TextSide.Right)
        {
            for (int start = 0; ; start += step)
            {
                int end = Math.Min(start + window, length);
                windows.Add((start, end));
                if (end == length)
                {
                    return windows;
                }
            }
        }

        for (int end = length; ; end -= step)
        {
            int start = Math.Max(end - window, 0);
            windows.Add((start, end));
            if (start == 0)
            {
                return windows;
            }
        }
    }
}
