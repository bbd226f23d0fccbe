using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a language model that learns to answer.</summary>
public sealed record InstructionTuningOptions : TextGenerationOptions
{
    /// <summary>Defaults of a model from scratch that trains in minutes on two CPU cores.</summary>
    public InstructionTuningOptions()
    {
        Model = LanguageModelOptions.Small;
        Beta2 = 0.99;
    }

    /// <summary>What the user says.</summary>
    public string PromptColumnName { get; init; } = "Prompt";

    /// <summary>The right answer, which only training reads.</summary>
    public string ResponseColumnName { get; init; } = "Response";

    /// <summary>
    /// A text column of whole conversations in JSON, <c>[{"role": "user", "content": "…"}, …]</c>, in place of the two: in training every
    /// turn of the role <c>assistant</c> is learnt; afterwards the model says the next. Null for the two columns.
    /// </summary>
    public string? MessagesColumnName { get; init; }

    /// <summary>What is said to the model before every prompt, in the role <c>system</c>; null for nothing. Conversations in JSON say it themselves.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>How a conversation becomes text, in Jinja. Null for the tokenizer's own, or where it has none and nothing was published, a plain one.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>Whether the tokens of prompts are learnt too, not only those of answers.</summary>
    public bool LearnsPrompts { get; init; }

    /// <summary>Whether conversations are put one after the other and cut into windows of <see cref="TextFineTuningOptions.MaxLength"/> tokens; otherwise each is learnt from by itself.</summary>
    public bool PacksConversations { get; init; }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    private InstructionTuning Task => new(new(PromptColumnName, ResponseColumnName, MessagesColumnName, SystemPrompt), GenerationSettings.Of(this), this);

    internal override void Require()
    {
        base.Require();
        if (ChatTemplate is not null)
            Conversation.Parse(ChatTemplate);
        if (MessagesColumnName is not null && SystemPrompt is not null)
            throw new ArgumentException($"{nameof(SystemPrompt)} is set, and so is {nameof(MessagesColumnName)}, whose conversations have their own.");
    }
}
