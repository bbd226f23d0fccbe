using System.Text;
using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns the visible sign of <see cref="MetaspacePreTokenizer"/> back into spaces (<c>Metaspace</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/decoders#tokenizers.decoders.Metaspace"/>
public sealed class MetaspaceDecoder : TokenDecoder
{
    private readonly string _sign;

    /// <summary>Says how spaces are shown.</summary>
    /// <param name="replacement">The sign; <see langword="null"/> is the one that SentencePiece uses.</param>
    /// <param name="scheme">Where the sign stands though there was no space.</param>
    /// <param name="splits">What the file says; it does nothing here.</param>
    public MetaspaceDecoder(Rune? replacement = null, PrependScheme scheme = PrependScheme.Always, bool splits = true)
    {
        (Replacement, Scheme, Splits) = (replacement ?? MetaspacePreTokenizer.DefaultReplacement, scheme, splits);
        _sign = Replacement.ToString();
    }

    /// <summary>The sign.</summary>
    public Rune Replacement { get; }

    /// <summary>Where the sign stands though there was no space; not even one in the first token is a space then.</summary>
    public PrependScheme Scheme { get; }

    /// <summary>What the file says.</summary>
    public bool Splits { get; }

    internal static MetaspaceDecoder Read(JsonPart part)
    {
        (Rune replacement, PrependScheme scheme, bool splits) = MetaspaceJson.Read(part);
        return new MetaspaceDecoder(replacement, scheme, splits);
    }

    internal override List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            tokens[i] = tokens[i].Replace(_sign, i == 0 && Scheme != PrependScheme.Never ? "" : " ", StringComparison.Ordinal);
        }

        return tokens;
    }

    internal override void Write(Utf8JsonWriter writer) => MetaspaceJson.Write(writer, Replacement, Scheme, Splits);
}
