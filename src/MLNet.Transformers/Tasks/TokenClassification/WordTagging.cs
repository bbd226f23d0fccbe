using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>A tag for every word of a text, and the entities that the tags spell.</summary>
internal sealed class WordTagging : TextTask<TaggableText, TaggedSequence, TaggedText>
{
    public const string TaskName = "token-classification";

    private readonly WordTaggingSettings settings;
    private readonly ClassLabels labels;
    private readonly TokenClassificationOptions? options;
    private readonly TagSet tags;
    private readonly TagDecoder decoder;

    public WordTagging(WordTaggingSettings settings, ClassLabels labels, TokenClassificationOptions? options = null)
    {
        this.settings = settings;
        this.labels = labels;
        this.options = options;
        tags = new TagSet(labels.Names, settings.Scheme);
        decoder = new TagDecoder(tags, labels.Count, settings.Aggregation);
        Inputs = [settings.Columns.Text, settings.Columns.Label];
        Outputs = settings.Columns.Outputs(labels);
    }

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs { get; }

    public override IReadOnlyList<OutputColumn> Outputs { get; }

    public override bool HasPairs => false;

    public override bool IsCaseSensitive => true;

    public override TextConfig Configure(TextConfig config) => config with { LabelNames = labels.Names, ProblemType = null };

    public override Head CreateHead(TextConfig config, TextBackbone backbone) => TokenClassification.Of(config, backbone);

    public override Func<TaggableText> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var column = settings.Columns.Text.In(row.Schema);
        var tokenizer = Tokenizer(model);
        if (column.Type is not VectorDataViewType)
        {
            var text = TextColumns.Reader(row, column);
            return () => TaggableText.OfText(text(), tokenizer);
        }
        var words = TextColumns.VectorReader(row, column);
        return () => TaggableText.OfWords(words(), tokenizer);
    }

    public override int LengthOf(TaggableText row) => row.Length;

    public override Func<IReadOnlyList<TaggedSequence>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var text = CreateReader(row, model);
        var keys = VectorColumns.Reader<uint>(row, settings.Columns.Label.In(row.Schema));
        return () =>
        {
            var (read, tagged) = (text(), keys());
            Require(row.Position, read, tagged);
            return [.. read.Label(
                Array.ConvertAll(tagged, key => (int)key - 1),
                tag => options?.WordAlignment == WordAlignment.All ? tags.Continuation(tag) : TaggedSequence.Unlabelled)];
        };
    }

    public override TrainingTask<TaggedSequence> Learn(TextTaskModel model, TextFineTuningOptions training) => new TokenClassificationTask(model.Network)
    {
        LabelSmoothing = options?.LabelSmoothing ?? 0,
        FocalGamma = options?.FocalGamma ?? 0,
        ClassWeights = options?.ClassWeights,
        TokenDropout = model.HideTokens(training.TokenDropout ?? (training.IsFromScratch ? 0.1 : 0)),
        Measure = tags.Scheme == TaggingScheme.Plain ? null : new TagMeasure("F1 of entities", tags.Measure),
        Device = model.Device,
    };

    public override TaggedText[] Predict(TextTaskModel model, IReadOnlyList<TaggableText> rows)
    {
        var scores = model.ScoreTokens([.. rows.SelectMany(row => row.Windows).Select(window => window.Tokens)], scores => scores.softmax(2));
        var (predictions, window) = (new TaggedText[rows.Count], 0);
        foreach (var (index, row) in rows.Index())
        {
            var probabilities = new float[row.Tokens.Count * labels.Count];
            var filled = 0;
            foreach (var (_, _, _, own) in row.Windows)
            {
                var source = scores[window++].AsSpan(own.Start.Value * labels.Count, (own.End.Value - own.Start.Value) * labels.Count);
                source.CopyTo(probabilities.AsSpan(filled));
                filled += source.Length;
            }
            predictions[index] = decoder.Decode(row, probabilities);
        }
        return predictions;
    }

    public override Delegate CreateGetter(OutputColumn column, Func<TaggedText> current) => settings.Columns.CreateGetter(column.Name, current);

    public override void CheckTraining(IReadOnlyList<TaggedSequence> examples)
    {
        var seen = examples.SelectMany(example => example.Labels).Where(label => label != TaggedSequence.Unlabelled).Distinct().Take(2).ToArray();
        if (seen.Length < 2)
            throw new ArgumentException(seen.Length == 0
                ? $"No word of the training set has a token that '{settings.Columns.LabelName}' could be learnt from."
                : $"All words of the training set have the tag '{labels.Names[seen[0]]}' in '{settings.Columns.LabelName}': there is nothing to tell apart.");
    }

    public override void CheckValidation(DataViewSchema schema)
    {
        if (!ClassLabels.From(settings.Columns.Label.In(schema)).Names.SequenceEqual(labels.Names))
            throw new ArgumentException($"The keys in '{settings.Columns.LabelName}' stand for other tags in the validation set than in the training set: map both with the same transformer.");
    }

    public override JsonObject ToJson()
    {
        var json = settings.ToJson();
        json["name"] = Name;
        json["labels"] = labels.ToJson();
        return json;
    }

    public static new WordTagging FromJson(JsonNode json) => new(WordTaggingSettings.FromJson(json), ClassLabels.FromJson(json["labels"]!));

    /// <summary>Cuts texts that are too long into windows.</summary>
    private TransformerTokenizer Tokenizer(TextTaskModel model)
    {
        var truncation = model.Tokenizer.Pipeline.Truncation ?? new Truncation(model.Network.Config.MaxLength);
        var room = truncation.MaxLength - model.Tokenizer.WithTruncation(null).Encode("").Length;
        return model.Tokenizer.WithTruncation(truncation with { Stride = Math.Min(settings.Stride ?? truncation.MaxLength / 4, Math.Max(room, 0) / 2), Side = TextSide.Right });
    }

    private void Require(long position, TaggableText text, uint[] keys)
    {
        if (text.Words.Count == 0)
            throw new ArgumentException($"Row {position} has no words in '{settings.Columns.TextName}'.");
        if (keys.Length != text.Words.Count)
            throw new ArgumentException($"Row {position} has {text.Words.Count} words in '{settings.Columns.TextName}' and {keys.Length} tags in '{settings.Columns.LabelName}'.");
        var wrong = Array.FindIndex(keys, key => key == 0 || key > labels.Count);
        if (wrong >= 0)
            throw new ArgumentException($"Row {position} has no tag for word {wrong}, '{text.Words[wrong].In(text.Text)}': the key in '{settings.Columns.LabelName}' is {keys[wrong]}, not one of 1 to {labels.Count}.");
    }
}
