using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns words into tokens by way of a cache.</summary>
internal sealed class WordEncoder
{
    [ThreadStatic]
    private static Scratch? t_scratch;

    private readonly TokenizationAlgorithm _algorithm;
    private readonly bool _asBytes;
    private readonly WordCache? _cache;
    private readonly char? _wordOpener;

    /// <summary>Takes the algorithm.</summary>
    /// <param name="algorithm">What turns words into tokens.</param>
    /// <param name="asBytes">Whether the algorithm takes a word's bytes as characters instead of the word.</param>
    public WordEncoder(TokenizationAlgorithm algorithm, bool asBytes)
    {
        (_algorithm, _asBytes) = (algorithm, asBytes);
        _cache = algorithm.IsDeterministic ? new WordCache() : null;
        _wordOpener = asBytes ? null : algorithm.WordOpener;
    }

    /// <summary>Appends the ids of the tokens of a word.</summary>
    public void AppendIds(ReadOnlySpan<char> word, IdList ids)
    {
        if (word.Length > WordCache.LongestWord || _cache is null)
        {
            AppendLong(word, ids);
            return;
        }

        ulong hash = WordCache.GetHash(word);
        if (!_cache.TryGetIds(word, hash, ids))
        {
            TokenList tokens = TokenizeAndCache(word, hash);
            foreach (Token token in tokens.Tokens)
            {
                ids.Add(token.Id);
            }
        }
    }

    /// <summary>Appends the tokens of a word.</summary>
    public void AppendTokens(ReadOnlySpan<char> word, TokenList tokens)
    {
        if (word.Length > WordCache.LongestWord || _cache is null)
        {
            AppendLong(word, tokens);
            return;
        }

        ulong hash = WordCache.GetHash(word);
        if (!_cache.TryGetTokens(word, hash, tokens))
        {
            foreach (Token token in TokenizeAndCache(word, hash).Tokens)
            {
                tokens.Add(token.Id, token.Start, token.End);
            }
        }
    }

    private TokenList TokenizeAndCache(ReadOnlySpan<char> word, ulong hash)
    {
        TokenList tokens = Tokenize(word);
        _cache!.Add(word, hash, tokens.Tokens);
        return tokens;
    }

    private void AppendLong(ReadOnlySpan<char> word, IdList ids)
    {
        if (_wordOpener is { } opener && FindCut(word, opener) is var cut and > 0)
        {
            for (; cut > 0; cut = FindCut(word, opener))
            {
                AppendIds(word[..cut], ids);
                word = word[cut..];
            }

            AppendIds(word, ids);
            return;
        }

        foreach (Token token in Tokenize(word).Tokens)
        {
            ids.Add(token.Id);
        }
    }

    private void AppendLong(ReadOnlySpan<char> word, TokenList tokens)
    {
        int start = 0;
        if (_wordOpener is { } opener)
        {
            for (int cut = FindCut(word, opener); cut > 0; cut = FindCut(word[start..], opener))
            {
                AppendShifted(word.Slice(start, cut), start, tokens);
                start += cut;
            }
        }

        if (start > 0)
        {
            AppendShifted(word[start..], start, tokens);
            return;
        }

        foreach (Token token in Tokenize(word).Tokens)
        {
            tokens.Add(token.Id, token.Start, token.End);
        }
    }

    private void AppendShifted(ReadOnlySpan<char> part, int start, TokenList tokens)
    {
        int before = tokens.Count;
        AppendTokens(part, tokens);
        tokens.Shift(before, start);
    }

    // Where a run of openers begins after something else, or -1.
    private static int FindCut(ReadOnlySpan<char> word, char opener)
    {
        int begin = word.IndexOfAnyExcept(opener);
        int cut = begin < 0 ? -1 : word[begin..].IndexOf(opener);
        return cut < 0 ? -1 : begin + cut;
    }

    private TokenList Tokenize(ReadOnlySpan<char> word)
    {
        Scratch scratch = t_scratch ??= new Scratch();
        scratch.Tokens.Clear();
        if (!_asBytes)
        {
            _algorithm.Tokenize(word, scratch.Tokens);
            return scratch.Tokens;
        }

        scratch.WriteBytes(word);
        _algorithm.Tokenize(scratch.Bytes, scratch.Tokens);
        scratch.MapToWord();
        return scratch.Tokens;
    }

    /// <summary>A word's bytes as characters, and where in the word each came from.</summary>
    private sealed class Scratch
    {
        private char[] _bytes = new char[256];
        private (int Start, int End)[] _sources = new (int, int)[256];
        private int _count;

        public TokenList Tokens { get; } = new();

        public ReadOnlySpan<char> Bytes => _bytes.AsSpan(0, _count);

        public void WriteBytes(ReadOnlySpan<char> word)
        {
            if (_bytes.Length < word.Length * 3)
            {
                _bytes = new char[word.Length * 3];
                _sources = new (int, int)[word.Length * 3];
            }

            _count = 0;
            Span<byte> utf8 = stackalloc byte[4];
            for (int index = 0, length; index < word.Length; index += length)
            {
                int codePoint = Characters.GetCodePoint(word, index, out length);
                foreach (byte value in utf8[..new Rune(codePoint).EncodeToUtf8(utf8)])
                {
                    _bytes[_count] = ByteLevelAlphabet.ToCharacter(value);
                    _sources[_count++] = (index, index + length);
                }
            }
        }

        public void MapToWord()
        {
            foreach (ref Token token in Tokens.MutableTokens)
            {
                token = new Token(token.Id, _sources[token.Start].Start, _sources[token.End - 1].End);
            }
        }
    }
}
