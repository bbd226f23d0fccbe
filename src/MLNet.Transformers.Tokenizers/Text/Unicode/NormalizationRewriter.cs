using System.Collections;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Brings an aligned text to one Unicode normal form.</summary>
/// <remarks>
/// Only the stretches between characters that the form leaves alone are worked on. Within one, decomposed parts and
/// marks that change places are aligned by counting: each first part takes the next source character, each further part
/// stays with the last one taken, and a composition swallows the source characters it composed.
/// </remarks>
/// <seealso href="https://www.unicode.org/reports/tr15/"/>
internal sealed class NormalizationRewriter
{
    private readonly bool _compatible;
    private readonly bool _composes;
    private readonly BitArray _inert = new(0x10000);
    private readonly char _lastSurelyInert;

    private NormalizationRewriter(NormalizationForm form)
    {
        _compatible = form is NormalizationForm.FormKC or NormalizationForm.FormKD;
        _composes = form is NormalizationForm.FormC or NormalizationForm.FormKC;
        for (int codePoint = 0; codePoint < _inert.Length; codePoint++)
        {
            _inert[codePoint] = NormalizationTables.IsInert(codePoint, _compatible, _composes);
        }

        while (_inert[_lastSurelyInert + 1])
        {
            _lastSurelyInert++;
        }
    }

    private static readonly Lazy<NormalizationRewriter>[] s_all =
        [.. new[] { NormalizationForm.FormC, NormalizationForm.FormD, NormalizationForm.FormKC, NormalizationForm.FormKD }
            .Select(form => new Lazy<NormalizationRewriter>(() => new NormalizationRewriter(form)))];

    public static NormalizationRewriter For(NormalizationForm form) => s_all[form switch
    {
        NormalizationForm.FormC => 0,
        NormalizationForm.FormD => 1,
        NormalizationForm.FormKC => 2,
        _ => 3,
    }].Value;

    public void Rewrite(AlignedText text)
    {
        int next = FindActive(text.Chars, 0);
        if (next == text.Length)
        {
            return;
        }

        var stretch = new List<Part>();
        int done = 0;
        text.BeginRewrite();
        while (next < text.Length)
        {
            // The inert character before may be what a mark composes with.
            if (next > done)
            {
                Characters.GetCodePointBefore(text.Chars, next, out int length);
                next -= length;
            }

            text.Copy(done, next - done);
            done = FindInert(text.Chars, next);
            RewriteStretch(text, next, done, stretch);
            next = FindActive(text.Chars, done);
        }

        text.Copy(done, text.Length - done);
        text.EndRewrite();
    }

    private int FindActive(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length)
        {
            int skipped = text[index..].IndexOfAnyExceptInRange('\0', _lastSurelyInert);
            if (skipped < 0)
            {
                return text.Length;
            }

            index += skipped;
            if (!IsInert(text, index, out int length))
            {
                return index;
            }

            index += length;
        }

        return text.Length;
    }

    // The first character at index is part of the stretch whatever it is.
    private int FindInert(ReadOnlySpan<char> text, int index)
    {
        Characters.GetCodePoint(text, index, out int length);
        for (index += length; index < text.Length && !IsInert(text, index, out length); index += length)
        {
        }

        return index;
    }

    private bool IsInert(ReadOnlySpan<char> text, int index, out int length)
    {
        int codePoint = Characters.GetCodePoint(text, index, out length);
        return codePoint < 0x10000 ? _inert[codePoint] : NormalizationTables.IsInert(codePoint, _compatible, _composes);
    }

    private void RewriteStretch(AlignedText text, int start, int end, List<Part> parts)
    {
        parts.Clear();
        for (int index = start, length; index < end; index += length)
        {
            int codePoint = Characters.GetCodePoint(text.Chars, index, out length);
            if (NormalizationTables.GetDecomposition(codePoint, _compatible) is { } decomposition)
            {
                for (int i = 0; i < decomposition.Length; i++)
                {
                    parts.Add(new Part(decomposition[i], i == 0 ? 1 : 0));
                }
            }
            else
            {
                parts.Add(new Part(codePoint, 1));
            }
        }

        SortMarks(parts);
        if (_composes)
        {
            Compose(parts);
        }

        Write(text, start, parts);
    }

    private static void SortMarks(List<Part> parts)
    {
        // Insertion sort: marks are few and mostly in order.
        for (int i = 1; i < parts.Count; i++)
        {
            Part part = parts[i];
            if (part.CombiningClass == 0)
            {
                continue;
            }

            int place = i;
            for (; place > 0 && parts[place - 1].CombiningClass > part.CombiningClass; place--)
            {
                parts[place] = parts[place - 1];
            }

            parts[place] = part;
        }
    }

    private static void Compose(List<Part> parts)
    {
        int starter = -1, count = 0, lastClass = -1;
        foreach (Part part in parts.ToArray())
        {
            int combiningClass = part.CombiningClass;
            bool blocked = lastClass >= combiningClass;
            if (starter >= 0 && !blocked && NormalizationTables.Compose(parts[starter].CodePoint, part.CodePoint) is var composed and >= 0)
            {
                parts[starter] = new Part(composed, parts[starter].Sources + part.Sources);
                continue;
            }

            if (combiningClass == 0)
            {
                (starter, lastClass) = (count, -1);
            }
            else if (starter >= 0)
            {
                lastClass = combiningClass;
            }

            parts[count++] = part;
        }

        parts.RemoveRange(count, parts.Count - count);
    }

    private static void Write(AlignedText text, int index, List<Part> parts)
    {
        Span<char> utf16 = stackalloc char[2];
        int last = index;
        foreach (Part part in parts)
        {
            int source = part.Sources > 0 ? index : last;
            for (int i = 0; i < part.Sources; i++)
            {
                last = index;
                Characters.GetCodePoint(text.Chars, index, out int length);
                index += length;
            }

            int written = new Rune(part.CodePoint).EncodeToUtf16(utf16);
            text.Write(utf16[..written], source);
        }
    }

    /// <summary>A code point of the normal form and how many source characters it stands for; 0 shares the last one.</summary>
    private readonly record struct Part(int CodePoint, int Sources)
    {
        public int CombiningClass => NormalizationTables.GetCombiningClass(CodePoint);
    }
}
