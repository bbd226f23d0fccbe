namespace MLNet.Transformers.Tokenizers;

/// <summary>
/// Text that is rewritten step by step and, where asked to, remembers for every character which characters of the
/// original it came from. Half surrogate pairs count as U+FFFD. Its buffers are used again and again.
/// </summary>
/// <remarks>
/// A step that keeps the length writes into <see cref="MutableChars"/>. Any other calls <see cref="BeginRewrite"/>,
/// writes the new text in order with <see cref="Copy(int, int)"/> and <see cref="Write(char, int)"/>, and calls
/// <see cref="EndRewrite"/>; until then <see cref="Chars"/> is the old text. What is written takes the alignment of the
/// source character it names. A surrogate pair aligns as a whole: both halves map to both.
/// </remarks>
internal sealed class AlignedText
{
    private char[] _chars = new char[256];
    private char[] _newChars = new char[256];
    private (int Start, int End)[] _alignment = [];
    private (int Start, int End)[] _newAlignment = [];
    private int _newLength;
    private bool _isIdentity;

    /// <summary>How much of the new text is written.</summary>
    public int WrittenLength => _newLength;

    /// <summary>Where the text begins in the original.</summary>
    public int OriginalStart { get; private set; }

    /// <summary>Whether the way back to the original is kept.</summary>
    public bool TracksAlignment { get; private set; }

    public int Length { get; private set; }

    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>The text for changes that keep every character where it is.</summary>
    public Span<char> MutableChars => _chars.AsSpan(0, Length);

    /// <summary>Starts over with <paramref name="text"/>, which begins at <paramref name="originalStart"/> in the original.</summary>
    public void Reset(ReadOnlySpan<char> text, int originalStart, bool tracksAlignment)
    {
        if (_chars.Length < text.Length)
        {
            _chars = new char[GrownCapacity(_chars.Length, text.Length)];
        }

        text.CopyTo(_chars);
        Length = text.Length;
        ReplaceLoneSurrogates(MutableChars);
        OriginalStart = originalStart;
        TracksAlignment = tracksAlignment;
        _isIdentity = true;
    }

    /// <summary>Starts over with a part of another text, aligned as it is there.</summary>
    public void ResetTo(AlignedText text, int start, int end)
    {
        bool aligns = text.TracksAlignment && !text._isIdentity;
        Reset(text.Chars[start..end], text.OriginalStart + start, text.TracksAlignment);
        if (aligns)
        {
            EnsureCapacity(ref _alignment, 0, Length);
            text._alignment.AsSpan(start, Length).CopyTo(_alignment);
            _isIdentity = false;
            OriginalStart = Length > 0 ? _alignment[0].Start : OriginalStart;
        }
    }

    /// <summary>Makes the text as it is now the original, which begins at <paramref name="originalStart"/>.</summary>
    public void Rebase(int originalStart)
    {
        OriginalStart = originalStart;
        _isIdentity = true;
    }

    /// <summary>The characters of the original that the characters from <paramref name="start"/> to <paramref name="end"/> came from.</summary>
    public (int Start, int End) GetOriginalRange(int start, int end)
    {
        if (start >= end)
        {
            return (OriginalStart + start, OriginalStart + start);
        }

        return (GetAlignment(start).Start, GetAlignment(end - 1).End);
    }

    /// <summary>Starts a rewrite; <see cref="Chars"/> stays readable until it ends.</summary>
    public void BeginRewrite()
    {
        _newLength = 0;
        if (TracksAlignment && _isIdentity)
        {
            EnsureCapacity(ref _alignment, 0, Length);
            for (int i = 0; i < Length; i++)
            {
                _alignment[i] = GetAlignment(i);
            }

            _isIdentity = false;
        }
    }

    /// <summary>Writes <paramref name="count"/> characters of the old text, and gives them for changes that keep their number.</summary>
    public Span<char> Copy(int start, int count)
    {
        EnsureCapacity(ref _newChars, _newLength, count);
        _chars.AsSpan(start, count).CopyTo(_newChars.AsSpan(_newLength));
        if (TracksAlignment)
        {
            EnsureCapacity(ref _newAlignment, _newLength, count);
            _alignment.AsSpan(start, count).CopyTo(_newAlignment.AsSpan(_newLength));
        }

        _newLength += count;
        return _newChars.AsSpan(_newLength - count, count);
    }

    /// <summary>Writes a string before the text, unless that is empty; it stands for the first character.</summary>
    public void Prepend(ReadOnlySpan<char> prefix)
    {
        if (Length > 0 && prefix.Length > 0)
        {
            BeginRewrite();
            Write(prefix, 0);
            Copy(0, Length);
            EndRewrite();
        }
    }

    /// <summary>Removes every code point that <paramref name="removes"/> says yes to.</summary>
    public void RemoveAll(Predicate<int> removes)
    {
        bool rewriting = false;
        int kept = 0;
        for (int index = 0, length; index < Length; index += length)
        {
            if (!removes(Characters.GetCodePoint(Chars, index, out length)))
            {
                continue;
            }

            if (!rewriting)
            {
                BeginRewrite();
                rewriting = true;
            }

            Copy(kept, index - kept);
            kept = index + length;
        }

        if (rewriting)
        {
            Copy(kept, Length - kept);
            EndRewrite();
        }
    }

    /// <summary>Writes one character that stands for the old character at <paramref name="source"/>.</summary>
    public void Write(char value, int source)
    {
        EnsureCapacity(ref _newChars, _newLength, 1);
        _newChars[_newLength] = value;
        if (TracksAlignment)
        {
            EnsureCapacity(ref _newAlignment, _newLength, 1);
            _newAlignment[_newLength] = _alignment[source];
        }

        _newLength++;
    }

    /// <summary>Writes characters that all stand for the old character at <paramref name="source"/>.</summary>
    public void Write(ReadOnlySpan<char> values, int source)
    {
        EnsureCapacity(ref _newChars, _newLength, values.Length);
        values.CopyTo(_newChars.AsSpan(_newLength));
        if (TracksAlignment)
        {
            EnsureCapacity(ref _newAlignment, _newLength, values.Length);
            _newAlignment.AsSpan(_newLength, values.Length).Fill(_alignment[source]);
        }

        _newLength += values.Length;
    }

    /// <summary>The new text becomes the text.</summary>
    public void EndRewrite()
    {
        (_chars, _newChars) = (_newChars, _chars);
        (_alignment, _newAlignment) = (_newAlignment, _alignment);
        Length = _newLength;
    }

    public override string ToString() => Chars.ToString();

    private (int Start, int End) GetAlignment(int index)
    {
        if (!_isIdentity)
        {
            return _alignment[index];
        }

        int start = index, end = index + 1;
        if (char.IsHighSurrogate(_chars[index]) && end < Length && char.IsLowSurrogate(_chars[end]))
        {
            end++;
        }
        else if (char.IsLowSurrogate(_chars[index]) && index > 0 && char.IsHighSurrogate(_chars[index - 1]))
        {
            start--;
        }

        return (OriginalStart + start, OriginalStart + end);
    }

    // Half a pair is no character: it counts as U+FFFD, as it does when it is written as UTF-8.
    private static void ReplaceLoneSurrogates(Span<char> chars)
    {
        int index = chars.IndexOfAnyInRange('\uD800', '\uDFFF');
        if (index < 0)
        {
            return;
        }

        for (; index < chars.Length; index++)
        {
            if (!char.IsSurrogate(chars[index]))
            {
                continue;
            }

            Characters.GetCodePoint(chars, index, out int length);
            if (length == 1)
            {
                chars[index] = '\uFFFD';
            }

            index += length - 1;
        }
    }

    private static void EnsureCapacity<T>(ref T[] buffer, int length, int count)
    {
        if (buffer.Length - length < count)
        {
            Array.Resize(ref buffer, GrownCapacity(buffer.Length, length + count));
        }
    }

    private static int GrownCapacity(int capacity, int needed) => Math.Max(needed, Math.Max(256, capacity * 2));
}
