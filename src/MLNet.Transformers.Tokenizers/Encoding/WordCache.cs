using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Remembers the tokens of short words; any number of threads read and write it without waiting for each other.</summary>
/// <remarks>
/// The table has a fixed size, and a word that comes to a full place takes it over. Each place is guarded by a version,
/// odd while it is written: a reader that finds another version after reading than before has read nothing.
/// </remarks>
/// <seealso href="https://www.hpl.hp.com/techreports/2012/HPL-2012-68.pdf"/>
internal sealed class WordCache
{
    /// <summary>The longest word that is remembered, in UTF-16 units.</summary>
    public const int LongestWord = 24;

    /// <summary>The most tokens of a word that is remembered.</summary>
    public const int MostTokens = 11;

    private const int Places = 1 << 15;

    private Place[]? _places;

    /// <summary>Appends the ids of a word if it is remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGetIds(ReadOnlySpan<char> word, ulong hash, IdList ids)
    {
        Place[]? places = _places;
        if (places is null)
        {
            return false;
        }

        int index = GetIndex(hash);
        return TryRead(ref places[index], word, hash, ids) || TryRead(ref places[index + 1], word, hash, ids);
    }

    /// <summary>Appends the tokens of a word if it is remembered.</summary>
    public bool TryGetTokens(ReadOnlySpan<char> word, ulong hash, TokenList tokens)
    {
        Place[]? places = _places;
        if (places is null)
        {
            return false;
        }

        int index = GetIndex(hash);
        return TryRead(ref places[index], word, hash, tokens) || TryRead(ref places[index + 1], word, hash, tokens);
    }

    /// <summary>Remembers a word, unless it is too long or its place is being written.</summary>
    public void Add(ReadOnlySpan<char> word, ulong hash, ReadOnlySpan<Token> tokens)
    {
        if (word.Length > LongestWord || tokens.Length > MostTokens)
        {
            return;
        }

        Place[] places = _places ?? Interlocked.CompareExchange(ref _places, new Place[Places], null) ?? _places;
        int index = GetIndex(hash);
        bool firstIsTaken = Volatile.Read(ref places[index].Version) != 0;
        bool secondIsTaken = Volatile.Read(ref places[index + 1].Version) != 0;
        ref Place place = ref places[firstIsTaken && (!secondIsTaken || (hash & 1) != 0) ? index + 1 : index];

        int version = Volatile.Read(ref place.Version);
        if ((version & 1) != 0 || Interlocked.CompareExchange(ref place.Version, version + 1, version) != version)
        {
            return;
        }

        place.Hash = (uint)hash;
        place.Lengths = (word.Length << 8) | tokens.Length;
        word.CopyTo(place.Word);
        for (int i = 0; i < tokens.Length; i++)
        {
            place.Ids[i] = tokens[i].Id;
            place.Starts[i] = (byte)tokens[i].Start;
            place.Ends[i] = (byte)tokens[i].End;
        }

        Volatile.Write(ref place.Version, version + 2);
    }

    /// <summary>A hash whose high bits choose the place and whose low bits are compared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong GetHash(ReadOnlySpan<char> word)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ref byte bytes = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(word));
        int length = word.Length * sizeof(char);
        ulong hash = (ulong)length;
        if (length >= sizeof(ulong))
        {
            for (int offset = 0; offset < length - sizeof(ulong); offset += sizeof(ulong))
            {
                hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref bytes, offset))) * Multiplier;
                hash ^= hash >> 29;
            }

            hash ^= Unsafe.ReadUnaligned<ulong>(ref Unsafe.AddByteOffset(ref bytes, length - sizeof(ulong)));
        }
        else if (length >= sizeof(uint))
        {
            hash ^= Unsafe.ReadUnaligned<uint>(ref bytes) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.AddByteOffset(ref bytes, length - sizeof(uint))) << 32);
        }
        else if (length > 0)
        {
            hash ^= (ulong)word[0] << 16;
        }

        hash *= Multiplier;
        return hash ^ (hash >> 32);
    }

    private static int GetIndex(ulong hash) => (int)(hash >> 49) & (Places - 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWord(ref Place place, ReadOnlySpan<char> word, ulong hash, int lengths) =>
        place.Hash == (uint)hash && lengths >> 8 == word.Length && ((ReadOnlySpan<char>)place.Word)[..word.Length].SequenceEqual(word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ref Place place, ReadOnlySpan<char> word, ulong hash, IdList ids)
    {
        int version = Volatile.Read(ref place.Version);
        int lengths = place.Lengths;
        if ((version & 1) != 0 || !IsWord(ref place, word, hash, lengths))
        {
            return false;
        }

        int before = ids.Count;
        ids.AddRange(((ReadOnlySpan<int>)place.Ids)[..(lengths & 0xFF)]);
        Volatile.ReadBarrier();
        if (place.Version == version)
        {
            return true;
        }

        ids.Truncate(before);
        return false;
    }

    private static bool TryRead(ref Place place, ReadOnlySpan<char> word, ulong hash, TokenList tokens)
    {
        int version = Volatile.Read(ref place.Version);
        int lengths = place.Lengths;
        if ((version & 1) != 0 || !IsWord(ref place, word, hash, lengths))
        {
            return false;
        }

        int before = tokens.Count;
        for (int i = 0; i < (lengths & 0xFF); i++)
        {
            tokens.Add(place.Ids[i], place.Starts[i], place.Ends[i]);
        }

        Volatile.ReadBarrier();
        if (place.Version == version)
        {
            return true;
        }

        tokens.Truncate(before);
        return false;
    }

    // Two cache lines.
    [StructLayout(LayoutKind.Sequential)]
    private struct Place
    {
        public int Version;
        public uint Hash;
        public int Lengths;
        public WordCharacters Word;
        public TokenIds Ids;
        public TokenPositions Starts;
        public TokenPositions Ends;
    }

    [InlineArray(LongestWord)]
    private struct WordCharacters
    {
        private char _first;
    }

    [InlineArray(MostTokens)]
    private struct TokenIds
    {
        private int _first;
    }

    [InlineArray(MostTokens)]
    private struct TokenPositions
    {
        private byte _first;
    }
}
