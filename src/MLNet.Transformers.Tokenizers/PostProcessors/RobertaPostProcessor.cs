using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Writes <c>&lt;s&gt; first &lt;/s&gt;&lt;/s&gt; second &lt;/s&gt;</c>, all with type id 0 (<c>RobertaProcessing</c>).</summary>
/// <param name="separator">The token that ends texts, and its id.</param>
/// <param name="classification">The token that begins the whole, and its id.</param>
/// <param name="trimsOffsets">Whether offsets leave out the spaces that tokens begin or end with.</param>
/// <param name="addsPrefixSpace">Whether the pre-tokenizer puts a space before the text.</param>
/// <seealso href="https://arxiv.org/abs/1907.11692"/>
public sealed class RobertaPostProcessor(
    (string Token, int Id) separator,
    (string Token, int Id) classification,
    bool trimsOffsets = true,
    bool addsPrefixSpace = true) : PostProcessor
{
    /// <summary>The token that ends texts, and its id.</summary>
    public (string Token, int Id) Separator { get; } = separator;

    /// <summary>The token that begins the whole, and its id.</summary>
    public (string Token, int Id) Classification { get; } = classification;

    /// <summary>Whether offsets leave out the spaces that tokens begin or end with.</summary>
    public bool TrimsOffsets { get; } = trimsOffsets;

    /// <summary>Whether the pre-tokenizer puts a space before the text.</summary>
    public bool AddsPrefixSpace { get; } = addsPrefixSpace;

    internal override AssemblyPlan Plan { get; } = new(
        [AssemblyStep.Special(classification, 0), AssemblyStep.Text(0, 0), AssemblyStep.Special(separator, 0)],
        [
            AssemblyStep.Special(classification, 0), AssemblyStep.Text(0, 0), AssemblyStep.Special(separator, 0),
            AssemblyStep.Special(separator, 0), AssemblyStep.Text(1, 0), AssemblyStep.Special(separator, 0),
        ],
        trimsOffsets ? new OffsetTrimming(addsPrefixSpace) : null);

    internal static RobertaPostProcessor Read(JsonPart part) => new(
        part["sep"].AsTokenAndId(),
        part["cls"].AsTokenAndId(),
        part["trim_offsets"].AsBoolean(),
        part["add_prefix_space"].AsBoolean());

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "RobertaProcessing");
        writer.WriteTokenAndId("sep", Separator);
        writer.WriteTokenAndId("cls", Classification);
        writer.WriteBoolean("trim_offsets", TrimsOffsets);
        writer.WriteBoolean("add_prefix_space", AddsPrefixSpace);
        writer.WriteEndObject();
    }
}
