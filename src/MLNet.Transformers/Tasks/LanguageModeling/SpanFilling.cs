using System.Text.Json.Nodes;
using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>The spans that are missing from a text.</summary>
internal sealed class SpanFilling(string textName, GenerationSettings settings, SpanCorruptionOptions? options = null) : DenoisedText(textName, settings)
{
    public const string TaskName = "span-corruption";

    private const int MostSentinels = 100;

    public override string Name => TaskName;

    public override TextTask With(GenerationSettings settings) => new SpanFilling(TextName, settings, options);

    public static new SpanFilling FromJson(JsonNode json) => new((string)json["input_column"]!, GenerationSettings.FromJson(json));

    protected override SubwordTokenizer Vocabulary(TextGenerationOptions options) => base.Vocabulary(options) with { Sentinels = MostSentinels };

    protected override TextNoise Noise(TextTaskModel model) => Corruption(model);

    protected override int LongestPiece(TextTaskModel model) => Corruption(model).TextLengthFor(MaxLength(model));

    /// <summary>The text with what was written for its sentinels in their places.</summary>
    protected override string Decode(TextTaskModel model, TokenSequence row, int[] ids)
    {
        var sentinels = Sentinels(model).ToHashSet();
        var fillings = new Dictionary<int, List<int>>();
        List<int>? filling = null;
        foreach (var id in ids)
            if (sentinels.Contains(id))
                fillings[id] = filling = [];
            else
                filling?.Add(id);
        return model.Tokenizer.Decode(row.Ids.SelectMany(id => fillings.TryGetValue(id, out var found) ? found : [id]), skipSpecialTokens: true);
    }

    private SpanCorruption Corruption(TextTaskModel model)
    {
        var (before, after) = Around(model);
        var noise = new SpanCorruption(Sentinels(model)) { Prefix = before, Suffix = after };
        return options is null ? noise : noise with { Density = options.Density, MeanSpan = options.MeanSpan };
    }

    /// <exception cref="NotSupportedException">The tokenizer has none.</exception>
    private static int[] Sentinels(TextTaskModel model)
    {
        int[] ids = [.. Enumerable.Range(0, MostSentinels).Select(index => model.Tokenizer.Vocabulary.GetId($"<extra_id_{index}>")).TakeWhile(id => id is not null).OfType<int>()];
        return ids.Length > 0 ? ids : throw new NotSupportedException("The tokenizer has no tokens <extra_id_0>, <extra_id_1>, …, which stand for missing spans.");
    }
}
