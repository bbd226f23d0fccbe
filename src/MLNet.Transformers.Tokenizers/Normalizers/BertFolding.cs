using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The steps of <see cref="BertNormalizer"/> in one pass, character by character from a table.</summary>
internal sealed class BertFolding
{
    private const char Removed = '\0', NeedsSteps = '\uFFFF';

    private static readonly ConcurrentDictionary<(bool, bool, bool, bool), BertFolding> s_all = new();

    [ThreadStatic]
    private static List<int>? t_result;

    private readonly bool _cleans, _isolates, _strips, _lowers;
    private readonly SearchValues<char> _simpleAscii;

    // For each character of the basic plane the one it becomes.
    private readonly char[] _folded = new char[0x10000];

    private BertFolding(bool cleans, bool isolates, bool strips, bool lowers)
    {
        (_cleans, _isolates, _strips, _lowers) = (cleans, isolates, strips, lowers);
        var result = new List<int>();
        for (int value = 0; value < _folded.Length; value++)
        {
            result.Clear();
            _folded[value] = char.IsSurrogate((char)value) || !TryFold(value, result) || result.Count > 1 || (result.Count == 1 && result[0] is Removed or >= NeedsSteps)
                ? NeedsSteps
                : result.Count == 0 ? Removed : (char)result[0];
        }

        // What needs no more than lower case.
        _simpleAscii = SearchValues.Create([.. Enumerable.Range(0, 128).Select(value => (char)value)
            .Where(value => (_folded[value] == value && value != Removed) || (lowers && char.IsAsciiLetterUpper(value)))]);
    }

    public static BertFolding For(bool cleans, bool isolates, bool strips, bool lowers) =>
        s_all.GetOrAdd((cleans, isolates, strips, lowers), static key => new BertFolding(key.Item1, key.Item2, key.Item3, key.Item4));

    public void Apply(AlignedText text)
    {
        int done = ApplyInPlace(text.MutableChars);
        if (done < text.Length && !TryRewrite(text, done))
        {
            ApplySteps(text);
        }
    }

    /// <summary>Folds characters as long as each becomes one; gives the place of the first that does not.</summary>
    private int ApplyInPlace(Span<char> chars)
    {
        for (int index = 0; index < chars.Length; index++)
        {
            index += FoldSimpleAscii(chars[index..]);
            if (index == chars.Length)
            {
                break;
            }

            char folded = _folded[chars[index]];
            if (folded is Removed or NeedsSteps)
            {
                return index;
            }

            chars[index] = folded;
        }

        return chars.Length;
    }

    private int FoldSimpleAscii(Span<char> chars)
    {
        int count = chars.IndexOfAnyExcept(_simpleAscii);
        count = count < 0 ? chars.Length : count;
        if (_lowers)
        {
            Ascii.ToLowerInPlace(chars[..count], out _);
        }

        return count;
    }

    private bool TryRewrite(AlignedText text, int start)
    {
        ReadOnlySpan<char> chars = text.Chars;
        List<int> result = t_result ??= [];
        Span<char> utf16 = stackalloc char[2];
        text.BeginRewrite();
        text.Copy(0, start);
        for (int index = start, length; index < chars.Length; index += length)
        {
            length = 1;
            char folded = _folded[chars[index]];
            if (folded is not (Removed or NeedsSteps))
            {
                int count = 1;
                while (index + count < chars.Length && _folded[chars[index + count]] is not (Removed or NeedsSteps))
                {
                    count++;
                }

                foreach (ref char value in text.Copy(index, count))
                {
                    value = _folded[value];
                }

                length = count;
            }
            else if (folded == NeedsSteps)
            {
                result.Clear();
                if (!TryFold(Characters.GetCodePoint(chars, index, out length), result))
                {
                    return false;
                }

                foreach (int codePoint in result)
                {
                    text.Write(utf16[..new Rune(codePoint).EncodeToUtf16(utf16)], index);
                }
            }
        }

        text.EndRewrite();
        return true;
    }

    /// <summary>Appends what a code point becomes; <see langword="false"/> where that depends on its neighbours.</summary>
    private bool TryFold(int codePoint, List<int> result)
    {
        CharacterKind kind = Characters.GetKind(codePoint);
        if (_cleans)
        {
            if (IsRemoved(codePoint))
            {
                return true;
            }

            codePoint = (kind & CharacterKind.WhiteSpace) != 0 ? ' ' : codePoint;
        }

        bool isolated = _isolates && (kind & CharacterKind.Ideograph) != 0;
        if (isolated)
        {
            result.Add(' ');
        }

        int[]? decomposition = _strips ? NormalizationTables.GetDecomposition(codePoint, compatible: false) : null;
        foreach (int part in decomposition ?? [codePoint])
        {
            if (_strips && IsNonSpacing(part))
            {
                continue;
            }

            if (_strips && NormalizationTables.GetCombiningClass(part) != 0)
            {
                return false;
            }

            if (_lowers && part == LowercaseNormalizer.DottedCapitalI)
            {
                result.AddRange([LowercaseNormalizer.DottedSmallI[0], LowercaseNormalizer.DottedSmallI[1]]);
            }
            else
            {
                result.Add(_lowers ? Characters.ToLower(part) : part);
            }
        }

        if (isolated)
        {
            result.Add(' ');
        }

        return true;
    }

    /// <summary>Takes the steps one after the other, for the few marks that change places.</summary>
    private void ApplySteps(AlignedText text)
    {
        if (_cleans)
        {
            text.RemoveAll(IsRemoved);
            foreach (ref char value in text.MutableChars)
            {
                value = Characters.Is(value, CharacterKind.WhiteSpace) ? ' ' : value;
            }
        }

        if (_isolates)
        {
            IsolateIdeographs(text);
        }

        if (_strips)
        {
            NormalizationRewriter.For(NormalizationForm.FormD).Rewrite(text);
            text.RemoveAll(IsNonSpacing);
        }

        if (_lowers)
        {
            new LowercaseNormalizer().Normalize(text);
        }
    }

    private static void IsolateIdeographs(AlignedText text)
    {
        text.BeginRewrite();
        for (int index = 0, length; index < text.Length; index += length)
        {
            bool isolated = (Characters.GetKind(text.Chars, index, out length) & CharacterKind.Ideograph) != 0;
            if (isolated)
            {
                text.Write(' ', index);
            }

            text.Copy(index, length);
            if (isolated)
            {
                text.Write(' ', index);
            }
        }

        text.EndRewrite();
    }

    private static bool IsRemoved(int codePoint) =>
        codePoint is 0 or 0xFFFD || (codePoint is not ('\t' or '\n' or '\r') && (Characters.GetKind(codePoint) & CharacterKind.Control) != 0);

    private static bool IsNonSpacing(int codePoint) =>
        codePoint >= 0x300 && CharUnicodeInfo.GetUnicodeCategory(codePoint) == UnicodeCategory.NonSpacingMark;
}
