using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>A set of code points: a bit each for the basic plane, a rule for the others.</summary>
internal sealed class CodePointSet
{
    private readonly ulong[] _basicPlane = new ulong[0x10000 / 64];
    private readonly Func<int, bool> _rule;

    public CodePointSet(Func<int, bool> rule)
    {
        _rule = rule;
        for (int codePoint = 0; codePoint < 0x10000; codePoint++)
        {
            if (rule(codePoint))
            {
                _basicPlane[codePoint >> 6] |= 1UL << (codePoint & 63);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(char value) => (_basicPlane[value >> 6] & (1UL << (value & 63))) != 0;

    public bool Contains(int codePoint) => codePoint < 0x10000 ? Contains((char)codePoint) : _rule(codePoint);

    /// <summary>The length of the character at <paramref name="index"/> if the set has it, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Match(ReadOnlySpan<char> text, int index)
    {
        if ((uint)index >= (uint)text.Length)
        {
            return 0;
        }

        char value = text[index];
        if (!char.IsSurrogate(value))
        {
            return Contains(value) ? 1 : 0;
        }

        return Contains(Characters.GetCodePoint(text, index, out int length)) ? length : 0;
    }
}
