using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Makes the offsets of byte-level tokens leave out the spaces that tokens begin or end with (<c>ByteLevel</c>).</summary>
/// <param name="addsPrefixSpace">Whether the pre-tokenizer puts a space before the text.</param>
/// <param name="trimsOffsets">Whether offsets leave out spaces; otherwise this does nothing.</param>
/// <param name="usesRegex">What the file says; it does nothing here.</param>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/post-processors#tokenizers.processors.ByteLevel"/>
public sealed class ByteLevelPostProcessor(bool addsPrefixSpace = true, bool trimsOffsets = true, bool usesRegex = true) : PostProcessor
{
    /// <summary>Whether the pre-tokenizer puts a space before the text.</summary>
    public bool AddsPrefixSpace { get; } = addsPrefixSpace;

    /// <summary>Whether offsets leave out spaces.</summary>
    public bool TrimsOffsets { get; } = trimsOffsets;

    internal override AssemblyPlan Plan { get; } = AssemblyPlan.Plain with
    {
        Trimming = trimsOffsets ? new OffsetTrimming(addsPrefixSpace) : null,
    };

    internal static ByteLevelPostProcessor Read(JsonPart part) => new(
        part["add_prefix_space"].AsBoolean(),
        part["trim_offsets"].AsBoolean(),
        part.FindBoolean("use_regex", otherwise: true));

    internal override void Write(Utf8JsonWriter writer) => ByteLevelJson.Write(writer, AddsPrefixSpace, TrimsOffsets, usesRegex);
}
