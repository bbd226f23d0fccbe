using System.Runtime.CompilerServices;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The 256 printable characters that stand for bytes in byte-level vocabularies.</summary>
/// <seealso href="https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf"/>
internal static class ByteLevelAlphabet
{
    /// <summary>The character after the last of the alphabet.</summary>
    public const int Limit = 256 + 68;

    /// <summary>The character that stands for a space.</summary>
    public const char Space = (char)(256 + ' ');

    private static readonly char[] s_characters = BuildCharacters();
    private static readonly short[] s_bytes = BuildBytes();

    /// <summary>The alphabet in the order of the bytes.</summary>
    public static ReadOnlySpan<char> AllCharacters => s_characters;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char ToCharacter(byte value) => s_characters[value];

    /// <summary>The byte that a character stands for, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToByte(char value) => value < Limit ? s_bytes[value] : -1;

    /// <summary>Writes the characters from <paramref name="start"/> to <paramref name="end"/> of the text being rewritten as bytes.</summary>
    public static void Write(AlignedText text, int start, int end)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (int index = start, length; index < end; index += length)
        {
            int codePoint = Characters.GetCodePoint(text.Chars, index, out length);
            int count = new Rune(codePoint).EncodeToUtf8(utf8);
            foreach (byte value in utf8[..count])
            {
                text.Write(s_characters[value], index);
            }
        }
    }

    private static char[] BuildCharacters()
    {
        var characters = new char[256];
        char substitute = (char)256;
        for (int value = 0; value < characters.Length; value++)
        {
            // Latin-1 characters that print stand for themselves.
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)value : substitute++;
        }

        return characters;
    }

    private static short[] BuildBytes()
    {
        var bytes = new short[Limit];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < s_characters.Length; value++)
        {
            bytes[s_characters[value]] = (short)value;
        }

        return bytes;
    }
}
