namespace MLNet.Transformers.Tokenizers;

/// <summary>How encodings are brought to one length.</summary>
/// <seealso href="https://huggingface.co/docs/transformers/pad_truncation"/>
public sealed record Padding
{
    /// <summary>The length to pad to; <see langword="null"/> pads to the longest of the batch.</summary>
    public int? Length { get; init; }

    /// <summary>The side that padding is added to.</summary>
    public TextSide Side { get; init; } = TextSide.Right;

    /// <summary>A number that the padded length is rounded up to a multiple of.</summary>
    public int? MultipleOf { get; init; }

    /// <summary>The id of the padding token.</summary>
    public int Id { get; init; }

    /// <summary>The type id of the padding token.</summary>
    public int TypeId { get; init; }

    /// <summary>The text of the padding token.</summary>
    public string Token { get; init; } = "[PAD]";
}
