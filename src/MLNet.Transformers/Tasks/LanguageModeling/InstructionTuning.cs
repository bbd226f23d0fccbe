using System.Text.Json.Nodes;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>What a model answers in a conversation.</summary>
internal sealed class InstructionTuning(InstructionColumns columns, GenerationSettings settings, InstructionTuningOptions? options = null)
    : TextContinuation(columns.Prompt, settings)
{
    public const string TaskName = "instruction-tuning";

    public override string Name => TaskName;

    public override IReadOnlyList<InputColumn> Inputs => columns.Inputs;

    /// <exception cref="NotSupportedException">The tokenizer was published without a chat template, and none is set.</exception>
    public override TransformerTokenizer Adapt(TransformerTokenizer tokenizer)
    {
        var template = options?.ChatTemplate ?? tokenizer.Settings.ChatTemplate;
        if (template is null && options?.PretrainedFolder is { } folder)
            throw new NotSupportedException($"The tokenizer in '{folder}' has no chat template: set {nameof(InstructionTuningOptions.ChatTemplate)}.");
        return tokenizer.With(tokenizer.Settings with { ChatTemplate = template ?? Conversation.PlainTemplate });
    }

    public override Func<IReadOnlyList<TokenWindow>> CreateExampleReader(DataViewRow row, TextTaskModel model)
    {
        var read = columns.LearningReader(row);
        var conversation = Conversation.Of(model.Tokenizer);
        var tokenizer = model.Tokenizer.WithTruncation(null);
        var longest = MaxLength(model);
        return () =>
        {
            var chat = conversation.Answered(read());
            var encoded = tokenizer.Encode(chat.Text, addSpecialTokens: false);
            var length = options?.PacksConversations == true ? encoded.Length : Math.Min(encoded.Length, longest + 1);
            bool[] said = [.. encoded.Offsets.Take(length).Select(token => chat.AssistantSpans.Any(span => token.Start.Value >= span.Start.Value && token.Start.Value < span.End.Value))];
            if (!said.Skip(1).Any(token => token))
                throw new ArgumentException($"Row {row.Position} has no answer in '{columns.AnswersName}' within the first {length} tokens.");
            return [new TokenWindow(encoded.Ids.AsMemory()[..length]) { LossMask = options?.LearnsPrompts == true ? null : said }];
        };
    }

    public override IReadOnlyList<TokenWindow> Arrange(IReadOnlyList<TokenWindow> examples, TextTaskModel model) =>
        options?.PacksConversations == true ? Pack(examples, new DocumentPacking(MaxLength(model))) : examples;

    public override TrainingTask<TokenWindow> Learn(TextTaskModel model, TextFineTuningOptions training) => new CausalLanguageModelTask(model.Network)
    {
        CrossesDocuments = false,
        RestartsPositions = true,
        LabelSmoothing = options?.LabelSmoothing ?? 0,
        Vocabulary = options?.VocabularyLoss ?? VocabularyLoss.Full,
        Device = model.Device,
    };

    public override TextTask With(GenerationSettings settings) => new InstructionTuning(columns, settings, options);

    public override JsonObject ToJson()
    {
        var json = Settings.ToJson();
        json["name"] = Name;
        json["conversation"] = columns.ToJson();
        return json;
    }

    public static new InstructionTuning FromJson(JsonNode json) => new(InstructionColumns.FromJson(json["conversation"]!), GenerationSettings.FromJson(json));

    protected override Func<string, TokenSequence> CreateEncoder(TextTaskModel model)
    {
        var tokenizer = PromptTokenizer(model);
        var conversation = Conversation.Of(tokenizer);
        return text => Prompt(model, tokenizer.Encode(conversation.Prompt(columns.Messages(text, $"A row of '{columns.MessagesName}'")), addSpecialTokens: false).Ids);
    }

    /// <summary>The answer without the white space that templates put around it.</summary>
    protected override string Decode(TextTaskModel model, TokenSequence row, int[] ids) => Continuation(model, row, ids).Trim();
}
