using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>What a model restores a spoilt text to.</summary>
/// <param name="textName">The column of the text: in training as it should be, afterwards spoilt.</param>
/// <param name="settings">How texts are generated, and where they go.</param>
internal abstract class DenoisedText(string textName, GenerationSettings settings) : TextGeneration<TokenSequence>(new(textName, ColumnShape.Text), settings)
{
    public override IReadOnlyList<InputColumn> Inputs { get; } = [new(textName, ColumnShape.Text)];

    protected string TextName { get; } = textName;

    protected sealed override bool HasSource => true;

    /// <summary>The pieces of a text that fit the model, without special tokens; all but the last are as long as may be.</summary>
    public sealed override Func<IReadOnlyList<TokenSequence>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var read = TextColumns.LearningReader(row, Inputs[0].In(row.Schema));
        var tokenizer = model.Tokenizer.WithTruncation(null);
        var longest = LongestPiece(model);
        return () =>
        {
            var ids = new List<int>();
            tokenizer.AppendIds(read(), ids, addSpecialTokens: false);
            return [.. ids.Chunk(longest).Where(piece => piece.Length > 1).Select(piece => new TokenSequence(piece))];
        };
    }

    public override void CheckTraining(IReadOnlyList<TokenSequence> examples)
    {
        if (examples.Count == 0)
            throw new ArgumentException($"No row has a text of more than one token in '{TextName}'.");
    }

    public sealed override TrainingTask<TokenSequence> Learn(TextTaskModel model, TextFineTuningOptions training)
    {
        var options = (TextGenerationOptions)training;
        return new DenoisingTask(
            new SequenceToSequenceTask(model.Network) { LabelSmoothing = options.LabelSmoothing, Vocabulary = options.VocabularyLoss, Device = model.Device },
            Noise(model));
    }

    public sealed override JsonObject ToJson()
    {
        var json = Settings.ToJson();
        json["name"] = Name;
        json["input_column"] = TextName;
        return json;
    }

    /// <summary>How texts are spoilt for the model to learn to restore them.</summary>
    protected abstract TextNoise Noise(TextTaskModel model);

    /// <summary>The most tokens of a text, without special ones, that the model can take in training.</summary>
    protected abstract int LongestPiece(TextTaskModel model);

    protected sealed override Func<string, TokenSequence> CreateEncoder(TextTaskModel model) => text => SourceText.Encode(model, text);

    /// <summary>The longest sequence that the model takes.</summary>
    protected static int MaxLength(TextTaskModel model) => model.Tokenizer.Pipeline.Truncation?.MaxLength ?? model.Network.Config.MaxLength;

    /// <summary>The special tokens that the tokenizer puts before and after a text.</summary>
    protected static (IReadOnlyList<int> Before, IReadOnlyList<int> After) Around(TextTaskModel model)
    {
        var encoded = model.Tokenizer.Encode("a");
        var first = encoded.SpecialTokensMask.IndexOf(0);
        return ([.. encoded.Ids.Take(first)], [.. encoded.Ids.Skip(encoded.SpecialTokensMask.LastIndexOf(0) + 1)]);
    }
}
