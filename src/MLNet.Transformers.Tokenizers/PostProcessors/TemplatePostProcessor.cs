using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Puts special tokens where a template says (<c>TemplateProcessing</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/post-processors#tokenizers.processors.TemplateProcessing"/>
public sealed class TemplatePostProcessor : PostProcessor
{
    /// <summary>Takes the template of one text, of two, and the special tokens they name.</summary>
    /// <param name="single">The parts around one text.</param>
    /// <param name="pair">The parts around two texts.</param>
    /// <param name="specialTokens">For each name in the templates, its tokens with their ids.</param>
    /// <exception cref="ArgumentException">A template names special tokens that are not given, or the one of one text names a second.</exception>
    public TemplatePostProcessor(
        IReadOnlyList<TemplateItem> single,
        IReadOnlyList<TemplateItem> pair,
        IReadOnlyDictionary<string, IReadOnlyList<(string Token, int Id)>> specialTokens)
    {
        ArgumentNullException.ThrowIfNull(single);
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(specialTokens);
        if (single.Any(item => item is TemplateItem.Second))
        {
            throw new ArgumentException("The template of one text names a second text.", nameof(single));
        }

        (Single, Pair, SpecialTokens) = (single, pair, specialTokens);
        Plan = new AssemblyPlan([.. single.Select(ToStep)], [.. pair.Select(ToStep)]);
    }

    /// <summary>The parts around one text.</summary>
    public IReadOnlyList<TemplateItem> Single { get; }

    /// <summary>The parts around two texts.</summary>
    public IReadOnlyList<TemplateItem> Pair { get; }

    /// <summary>For each name in the templates, its tokens with their ids.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(string Token, int Id)>> SpecialTokens { get; }

    internal override AssemblyPlan Plan { get; }

    internal static TemplatePostProcessor Read(JsonPart part)
    {
        var specialTokens = part["special_tokens"].Properties().ToDictionary(token => token.Name, token => ReadSpecialTokens(token.Value), StringComparer.Ordinal);
        TemplateItem[] single = [.. part["single"].Items().Select(ReadItem)];
        TemplateItem[] pair = [.. part["pair"].Items().Select(ReadItem)];
        try
        {
            return new TemplatePostProcessor(single, pair, specialTokens);
        }
        catch (ArgumentException exception)
        {
            throw part.Error(exception.Message);
        }
    }

    internal override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "TemplateProcessing");
        WriteTemplate(writer, "single", Single);
        WriteTemplate(writer, "pair", Pair);
        writer.WriteStartObject("special_tokens");
        foreach ((string name, IReadOnlyList<(string Token, int Id)> tokens) in SpecialTokens.OrderBy(token => token.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(name);
            writer.WriteString("id", name);
            writer.WriteStartArray("ids");
            foreach ((_, int id) in tokens)
            {
                writer.WriteNumberValue(id);
            }

            writer.WriteEndArray();
            writer.WriteStartArray("tokens");
            foreach ((string token, _) in tokens)
            {
                writer.WriteStringValue(token);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private AssemblyStep ToStep(TemplateItem item) => item switch
    {
        TemplateItem.First => AssemblyStep.Text(0, item.TypeId),
        TemplateItem.Second => AssemblyStep.Text(1, item.TypeId),
        TemplateItem.Special special when SpecialTokens.TryGetValue(special.Name, out IReadOnlyList<(string Token, int Id)>? tokens) => new AssemblyStep(-1, item.TypeId, [.. tokens]),
        _ => throw new ArgumentException($"The template names the special tokens '{((TemplateItem.Special)item).Name}', which are not given."),
    };

    private static IReadOnlyList<(string Token, int Id)> ReadSpecialTokens(JsonPart part)
    {
        int[] ids = [.. part["ids"].Items().Select(id => id.AsInt32())];
        string[] tokens = [.. part["tokens"].Items().Select(token => token.AsString())];
        return ids.Length == tokens.Length ? [.. tokens.Zip(ids)] : throw part.Error("'ids' and 'tokens' must be equally many");
    }

    private static TemplateItem ReadItem(JsonPart part)
    {
        if (part.Find("SpecialToken") is { } special)
        {
            return new TemplateItem.Special(special["id"].AsString(), special["type_id"].AsInt32());
        }

        JsonPart text = part["Sequence"];
        int typeId = text["type_id"].AsInt32();
        return text["id"].AsString() switch
        {
            "A" => new TemplateItem.First(typeId),
            "B" => new TemplateItem.Second(typeId),
            _ => throw text["id"].Error("A or B is needed here"),
        };
    }

    private static void WriteTemplate(Utf8JsonWriter writer, string name, IReadOnlyList<TemplateItem> items)
    {
        writer.WriteStartArray(name);
        foreach (TemplateItem item in items)
        {
            writer.WriteStartObject();
            writer.WriteStartObject(item is TemplateItem.Special ? "SpecialToken" : "Sequence");
            writer.WriteString("id", item switch
            {
                TemplateItem.Special special => special.Name,
                TemplateItem.First => "A",
                _ => "B",
            });
            writer.WriteNumber("type_id", item.TypeId);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
