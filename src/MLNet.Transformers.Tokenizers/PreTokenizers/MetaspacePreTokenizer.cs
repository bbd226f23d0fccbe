using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Writes spaces as a visible sign, which begins the pieces, as SentencePiece does (<c>Metaspace</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/pre-tokenizers#tokenizers.pre_tokenizers.Metaspace"/>
public sealed class MetaspacePreTokenizer : TextPreTokenizer
{
    /// <summary>The sign that SentencePiece uses.</summary>
    public static readonly Rune DefaultReplacement = new('\u2581');

    private readonly string _sign;
    private readonly TextPattern _signPattern;
    private readonly Func<PreTokenizedText, int, bool> _needsSign;

    /// <summary>Says how spaces are shown.</summary>
    /// <param name="replacement">The sign; <see langword="null"/> is <see cref="DefaultReplacement"/>.</param>
    /// <param name="scheme">Where the sign stands though there was no space.</param>
    /// <param name="splits">Whether the text is split before each sign.</param>
    public MetaspacePreTokenizer(Rune? replacement = null, PrependScheme scheme = PrependScheme.Always, bool splits = true)
    {
        (Replacement, Scheme, Splits) = (replacement ?? DefaultReplacement, scheme, splits);
        _sign = Replacement.ToString();
        _signPattern = TextPattern.Literal(_sign);
        _needsSign = NeedsSign;
    }

    /// <summary>The sign.</summary>
    public Rune Replacement { get; }

    /// <summary>Where the sign stands though there was no space.</summary>
    public PrependScheme Scheme { get; }

    /// <summary>Whether the text is split before each sign.</summary>
    public bool Splits { get; }

    internal static MetaspacePreTokenizer Read(JsonPart part)
    {
        (Rune replacement, PrependScheme scheme, bool splits) = MetaspaceJson.Read(part);
        return new MetaspacePreTokenizer(replacement, scheme, splits);
    }

    internal override void PreTokenize(PreTokenizedText text)
    {
        ReplaceSpaces(text);
        if (Scheme != PrependScheme.Never)
        {
            text.PrependToPieces(_sign, _needsSign);
        }

        if (!Splits)
        {
            return;
        }

        PieceList pieces = text.BeginPieces();
        foreach ((int start, int end) in text.Pieces)
        {
            var collector = new PieceCollector(DelimiterBehavior.MergedWithNext, pieces);
            _signPattern.Split(text.Text.Chars, start, end, ref collector);
        }

        text.EndPieces();
    }

    internal override void Write(Utf8JsonWriter writer) => MetaspaceJson.Write(writer, Replacement, Scheme, Splits);

    private void ReplaceSpaces(PreTokenizedText text)
    {
        if (_sign.Length == 1)
        {
            text.Text.MutableChars.Replace(' ', _sign[0]);
            return;
        }

        PieceList pieces = text.BeginPieces();
        text.Text.BeginRewrite();
        foreach ((int start, int end) in text.Pieces)
        {
            int newStart = text.Text.WrittenLength;
            for (int index = start; index < end; index++)
            {
                if (text.Text.Chars[index] == ' ')
                {
                    text.Text.Write(_sign, index);
                }
                else
                {
                    text.Text.Copy(index, 1);
                }
            }

            pieces.Add(newStart, text.Text.WrittenLength);
        }

        text.Text.EndRewrite();
        text.EndPieces();
    }

    private bool NeedsSign(PreTokenizedText text, int start) =>
        !text.Text.Chars[start..].StartsWith(_sign) && (Scheme == PrependScheme.Always || text.IsAtOriginalStart(start));
}
