using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MLNet.Transformers.Tokenizers;

/// <summary>The lists of an <see cref="EncodedText"/> while they are filled.</summary>
/// <param name="length">How long they get.</param>
internal ref struct TokenColumns(int length)
{
    private readonly int[] _ids = new int[length];
    private readonly int[] _typeIds = new int[length];
    private readonly int[] _attentionMask = new int[length];
    private readonly int[] _specialTokensMask = new int[length];
    private readonly string[] _tokens = new string[length];
    private readonly int?[] _wordIds = new int?[length];
    private readonly int?[] _sequenceIds = new int?[length];
    private readonly Range[] _offsets = new Range[length];
    private int _count;

    public void AddText(ReadOnlySpan<CollectedToken> tokens, AssemblyStep step, OffsetTrimming? trimming)
    {
        _typeIds.AsSpan(_count, tokens.Length).Fill(step.TypeId);
        _attentionMask.AsSpan(_count, tokens.Length).Fill(1);
        _sequenceIds.AsSpan(_count, tokens.Length).Fill(step.Sequence);
        for (int i = 0; i < tokens.Length; i++)
        {
            ref readonly CollectedToken token = ref tokens[i];
            int index = _count + i;
            _ids[index] = token.Id;
            _tokens[index] = token.Text;
            _wordIds[index] = token.Word;
            _offsets[index] = trimming is null ? token.Start..token.End : Trim(token, trimming, isFirst: i == 0);
        }

        _count += tokens.Length;
    }

    public void AddSpecials(AssemblyStep step)
    {
        foreach ((string token, int id) in step.Specials)
        {
            _ids[_count] = id;
            _typeIds[_count] = step.TypeId;
            _attentionMask[_count] = 1;
            _specialTokensMask[_count] = 1;
            _tokens[_count] = token;
            _count++;
        }
    }

    public void AddPadding(Padding padding, int count)
    {
        if (count <= 0)
        {
            return;
        }

        _ids.AsSpan(_count, count).Fill(padding.Id);
        _typeIds.AsSpan(_count, count).Fill(padding.TypeId);
        _specialTokensMask.AsSpan(_count, count).Fill(1);
        _tokens.AsSpan(_count, count).Fill(padding.Token);
        _count += count;
    }

    /// <summary>Adds what is already an encoded text.</summary>
    public void AddEncoded(EncodedText text)
    {
        text.Ids.CopyTo(_ids, _count);
        text.TypeIds.CopyTo(_typeIds, _count);
        text.AttentionMask.CopyTo(_attentionMask, _count);
        text.SpecialTokensMask.CopyTo(_specialTokensMask, _count);
        text.Tokens.CopyTo(_tokens, _count);
        text.WordIds.CopyTo(_wordIds, _count);
        text.SequenceIds.CopyTo(_sequenceIds, _count);
        text.Offsets.CopyTo(_offsets, _count);
        _count += text.Length;
    }

    public readonly EncodedText ToEncodedText(ImmutableArray<EncodedText> overflowing) => new()
    {
        Ids = ImmutableCollectionsMarshal.AsImmutableArray(_ids),
        TypeIds = ImmutableCollectionsMarshal.AsImmutableArray(_typeIds),
        AttentionMask = ImmutableCollectionsMarshal.AsImmutableArray(_attentionMask),
        SpecialTokensMask = ImmutableCollectionsMarshal.AsImmutableArray(_specialTokensMask),
        Tokens = ImmutableCollectionsMarshal.AsImmutableArray(_tokens),
        WordIds = ImmutableCollectionsMarshal.AsImmutableArray(_wordIds),
        SequenceIds = ImmutableCollectionsMarshal.AsImmutableArray(_sequenceIds),
        Offsets = ImmutableCollectionsMarshal.AsImmutableArray(_offsets),
        Overflowing = overflowing,
    };

    private static Range Trim(in CollectedToken token, OffsetTrimming trimming, bool isFirst)
    {
        (int start, int end) = (token.Start, token.End);
        int leading = CountSpaces(token.Text, fromEnd: false);
        int trailing = CountSpaces(token.Text, fromEnd: true);
        if (leading == 1 && trimming.AddsPrefixSpace && (isFirst || start == 0))
        {
            // The pre-tokenizer put this space there: it is none of the text.
            if (token.Text.Length == 1)
            {
                return start..start;
            }

            leading = 0;
        }

        start = Math.Min(start + leading, end);
        return start..(trailing > 0 && end >= trailing ? Math.Max(end - trailing, start) : end);
    }

    private static int CountSpaces(string token, bool fromEnd)
    {
        int count = 0;
        while (count < token.Length && IsSpace(token[fromEnd ? token.Length - 1 - count : count]))
        {
            count++;
        }

        return count;
    }

    private static bool IsSpace(char value) => value == ByteLevelAlphabet.Space || char.IsWhiteSpace(value);
}
