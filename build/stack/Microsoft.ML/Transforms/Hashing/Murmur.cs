using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>MurmurHash3 of 32 bits, see https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp.</summary>
internal static class Murmur
{
    private const uint First = 0xCC9E2D51;
    private const uint Second = 0x1B873593;

    /// <summary>Takes one word into a hash.</summary>
    public static uint Round(uint hash, uint word) =>
        (BitOperations.RotateLeft(hash ^ Scramble(word), 13) * 5) + 0xE6546B64;

    /// <summary>Mixes a hash of so many bytes for the last time.</summary>
    public static uint Finish(uint hash, int bytes)
    {
        hash ^= (uint)bytes;
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }

    /// <summary>Hashes text: each UTF-16 unit as its UTF-8 bytes, four bytes a word.</summary>
    /// <remarks>
    /// Where a character of several bytes begins inside a word, ML.NET turns the bytes that wait round as well.
    /// Only plain ASCII has the hash of its UTF-8 bytes for certain; equal hashes of other text need the same turn.
    /// </remarks>
    public static uint OfText(uint hash, ReadOnlySpan<char> text)
    {
        var (waiting, bits, bytes) = (0UL, 0, 0);
        foreach (uint c in text)
        {
            switch (c)
            {
                case < 0x80:
                    waiting |= (ulong)c << bits;
                    bits += 8;
                    break;
                case < 0x800:
                    waiting |= (ulong)((c & 0x3F) | ((c << 2) & 0x1F00) | 0xC080) << bits;
                    waiting = ((waiting & 0xFF) << 8) | (waiting >> 8);
                    bits += 16;
                    break;
                default:
                    waiting |= (ulong)((c & 0x3F) | ((c << 2) & 0x3F00) | ((c << 4) & 0x0F0000) | 0xE08080) << bits;
                    waiting = ((waiting & 0xFF) << 16) | (((waiting >> 8) & 0xFF) << 8) | (waiting >> 16);
                    bits += 24;
                    break;
            }
            if (bits >= 32)
            {
                hash = Round(hash, (uint)waiting);
                waiting >>= 32;
                bits -= 32;
                bytes += 4;
            }
        }
        bytes += bits / 8;
        var tail = (uint)waiting & ((1u << (bytes % 4 * 8)) - 1);
        return Finish(bytes % 4 == 0 ? hash : hash ^ Scramble(tail), bytes);
    }

    private static uint Scramble(uint word) => BitOperations.RotateLeft(word * First, 15) * Second;
}
