using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Writes <c>[CLS] first [SEP] second [SEP]</c>, the second text with type id 1 (<c>BertProcessing</c>).</summary>
/// <param name="separator">The token that ends texts, and its id.</param>
/// <param name="classification">The token that begins the whole, and its id.</param>
/// <seealso href="https://arxiv.org/abs/1810.04805"/>
public sealed class BertPostProcessor((string Token, int Id) separator, (string Token, int Id) classification) : PostProcessor
{
    /// <summary>The token that ends texts, and its id.</summary>
    public (string Token, int Id) Separator { get; } = separator;

    /// <summary>The token that begins the whole, and its id.</summary>
    public (string Token, int Id) Classification { get; } = classification;

    internal override AssemblyPlan Plan { get; } = new(
        [AssemblyStep.Special(classification, 0), AssemblyStep.Text(0, 0), AssemblyStep.Special(separator, 0)],
        [
            AssemblyStep.Special(classification, 0), AssemblyStep.Text(0, 0), AssemblyStep.Special(separator, 0),
            AssemblyStep.Text(1, 1), AssemblyStep.Special(separator, 1),
        ]);

    internal static BertPostProcessor Read(JsonPart part) => new(part["sep"].AsTokenAndId(), part["cls"].AsTokenAndId());

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "BertProcessing");
        writer.WriteTokenAndId("sep", Separator);
        writer.WriteTokenAndId("cls", Classification);
        writer.WriteEndObject();
    }
}
