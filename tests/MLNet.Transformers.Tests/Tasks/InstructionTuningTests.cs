using Microsoft.ML;
using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tests;

public sealed class InstructionTuningTests
{
    private static readonly Exchange[] Exchanges = [.. Enumerable.Repeat<Exchange[]>(
    [
        new() { Prompt = "What does a dog say?", Response = "Woof." },
        new() { Prompt = "What does a cat say?", Response = "Meow." },
        new() { Prompt = "What colour is snow?", Response = "White." },
        new() { Prompt = "What colour is grass?", Response = "Green." },
    ], 6).SelectMany(exchanges => exchanges)];

    private static readonly InstructionTuningOptions Options = new()
    {
        Model = LanguageModelOptions.Small with { HiddenSize = 32, Layers = 2, Heads = 2, MaxLength = 64, Dropout = 0, EmbeddingDropout = 0, AttentionDropout = 0 },
        VocabularySize = 330,
        MaxLength = 64,
        BatchTokens = 256,
        Epochs = 150,
        LearningRate = 1e-2,
        Generation = new GenerationConfig { MaxNewTokens = 12 },
        Seed = 1,
    };

    private static readonly Lazy<FineTunedTransformer> Trained = new(() => Fit(Options));

    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void AnswersAsItWasTaught() => Assert.Equal(["Woof.", "White."], Answer(Trained.Value, "What does a dog say?", "What colour is snow?"));

    [Fact]
    public void AFolderKeepsTheTemplate()
    {
        using var folder = new TemporaryFolder();
        Trained.Value.SavePretrained(folder.Path);
        var opened = mlContext.LanguageModeling.AnswerPrompts(folder.Path).Fit(Data("a"));
        Assert.Equal(Conversation.PlainTemplate, opened.Tokenizer.Settings.ChatTemplate);
        Assert.Equal(["Meow."], Answer(opened, "What does a cat say?"));
        // One template goes with the weights; another says the same in other words, which the model does not know.
        var other = mlContext.LanguageModeling.AnswerPrompts(new InstructionTuningOptions { PretrainedFolder = folder.Path, ChatTemplate = "{{ messages[0].content }}{{ messages[0].content }}" }).Fit(Data("a"));
        Assert.Equal("{{ messages[0].content }}{{ messages[0].content }}", other.Tokenizer.Settings.ChatTemplate);
    }

    [Fact]
    public void LearnsFromConversationsInJson()
    {
        var model = Fit(
            Options with { MessagesColumnName = "Prompt" },
            [.. Exchanges.Select(exchange => new Exchange
            {
                Prompt = $$"""[{"role": "user", "content": "{{exchange.Prompt}}"}, {"role": "assistant", "content": "{{exchange.Response}}"}]""",
            })]);
        Assert.Equal(["Green."], Answer(model, """[{"role": "user", "content": "What colour is grass?"}]"""));
    }

    [Fact]
    public void LearnsFromPackedConversations()
    {
        var model = Fit(Options with { PacksConversations = true });
        Assert.Equal(["Woof.", "Green."], Answer(model, "What does a dog say?", "What colour is grass?"));
    }

    /// <summary>By a template of the kind that most publish, without marks: the answers and what ends them, and nothing else.</summary>
    [Fact]
    public void CountsTheAnswersAlone()
    {
        const string Template = "{% for message in messages %}<{{ message.role }}>{{ message.content }}</s>{% endfor %}{% if add_generation_prompt %}<assistant>{% endif %}";
        ChatMessage[] chat = [new("user", "Hi"), new("assistant", "Hello"), new("user", "Bye"), new("assistant", "Goodbye")];
        var answered = new Conversation(ChatTemplate.Parse(Template)).Answered(chat);
        Assert.Equal(["Hello</s>", "Goodbye</s>"], answered.AssistantSpans.Select(span => answered.Text[span]));
        // Where a template marks what the model says, its marks decide.
        var marked = new Conversation(ChatTemplate.Parse("{% for message in messages %}{% if message.role == 'assistant' %}{% generation %}{{ message.content }}{% endgeneration %}{% else %}{{ message.content }}{% endif %};{% endfor %}")).Answered(chat);
        Assert.Equal(["Hello", "Goodbye"], marked.AssistantSpans.Select(span => marked.Text[span]));
        // This one tells how many turns there are before it tells them.
        Assert.Throws<ArgumentException>(() => { new Conversation(ChatTemplate.Parse("{{ messages | length }}{% for message in messages %}{{ message.content }}{% endfor %}")).Answered(chat); });
    }

    [Fact]
    public void TheLossIsThatOfTheAnswers()
    {
        var tokenizer = new SubwordTokenizer { Kind = SubwordVocabulary.BytePairs, VocabularySize = 330, Continues = true }.Learn(Exchanges.Select(exchange => exchange.Prompt), CancellationToken.None);
        using var model = new TextTaskModel(
            TextModel.Create(LanguageModelOptions.Small with { VocabularySize = tokenizer.Vocabulary.IdLimit }, LanguageModelHead.Of),
            tokenizer.With(tokenizer.Settings with { ChatTemplate = Conversation.PlainTemplate }).WithTruncation(new Truncation(64)),
            torch.CPU);
        var columns = new InstructionColumns("Prompt", "Response", null, "Be brief.");
        var task = new InstructionTuning(columns, GenerationSettings.Of(Options));
        var window = FineTuningExamples<TokenWindow>.Rows(task, mlContext.Data.LoadFromEnumerable(Exchanges[..1]), model, "data")[0].Single();
        var text = tokenizer.Decode(window.Ids.ToArray());
        Assert.Equal("<s>System: Be brief.\nUser: What does a dog say?\nAssistant: Woof.</s>\n", text);
        Assert.Equal(" Woof.</s>", tokenizer.Decode(window.Ids.ToArray().Zip(window.LossMask!).Where(pair => pair.Second).Select(pair => pair.First)));
    }

    [Fact]
    public void NamesWhatIsWrong()
    {
        Assert.Contains("Row 0 of 'Prompt' has no conversation", Refused(Options with { MessagesColumnName = "Prompt" }, new Exchange { Prompt = "Hello" }), StringComparison.Ordinal);
        Assert.Contains("Row 0 of 'Prompt' has no conversation", Refused(Options with { MessagesColumnName = "Prompt" }, new Exchange { Prompt = """[{"role": "user"}]""" }), StringComparison.Ordinal);
        Assert.Contains("Row 1 has no text in 'Response'", Refused(Options, Exchanges[0], new Exchange { Prompt = "Hello" }), StringComparison.Ordinal);
        Assert.Contains("Row 0 has no answer in 'Response'", Refused(Options with { MaxLength = 4 }, Exchanges[0]), StringComparison.Ordinal);
        Assert.Contains("SystemPrompt", Refused(Options with { MessagesColumnName = "Prompt", SystemPrompt = "Be brief." }), StringComparison.Ordinal);
        Assert.Contains("chat template", Refused(Options with { ChatTemplate = "{% for" }), StringComparison.Ordinal);

        string Refused(InstructionTuningOptions options, params Exchange[] exchanges) => Assert.Throws<ArgumentException>(() => { Fit(options, exchanges); }).Message;
    }

    [Fact]
    public void RefusesAFolderWithoutATemplate()
    {
        using var folder = new TemporaryFolder();
        ((FineTunedTransformer)StageCase.Find("language model").Estimator(mlContext).Fit(mlContext.Data.LoadFromEnumerable(StageRow.Many()))).SavePretrained(folder.Path);
        var message = Assert.Throws<NotSupportedException>(() => { mlContext.LanguageModeling.AnswerPrompts(folder.Path).Fit(Data("a")); }).Message;
        Assert.Contains(folder.Path, message, StringComparison.Ordinal);
        Assert.Contains("ChatTemplate", message, StringComparison.Ordinal);
    }

    private static FineTunedTransformer Fit(InstructionTuningOptions options, params Exchange[] exchanges)
    {
        var mlContext = new MLContext(seed: 1);
        return mlContext.LanguageModeling.Trainers.TransformerInstructionTuning(options).Fit(mlContext.Data.LoadFromEnumerable(exchanges.Length > 0 ? exchanges : Exchanges));
    }

    private IDataView Data(params string[] prompts) => mlContext.Data.LoadFromEnumerable(prompts.Select(prompt => new Exchange { Prompt = prompt }));

    private string[] Answer(FineTunedTransformer model, params string[] prompts) =>
        [.. mlContext.Data.CreateEnumerable<Answered>(model.Transform(Data(prompts)), reuseRowObject: false).Select(answer => answer.Output)];

    private sealed class Exchange
    {
        public string Prompt { get; set; } = "";

        public string Response { get; set; } = "";
    }

    private sealed class Answered
    {
        public string Output { get; set; } = "";
    }
}
