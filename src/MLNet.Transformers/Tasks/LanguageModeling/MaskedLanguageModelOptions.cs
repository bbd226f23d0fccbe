using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Options of a model that learns a language by guessing hidden tokens, and fills in masks.</summary>
public sealed record MaskedLanguageModelOptions : TextFineTuningOptions
{
    /// <summary>The text: in training to learn from, afterwards with mask tokens to fill in.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>The name of the output with the likeliest tokens, a vector of text: for each mask of the text in turn <see cref="TopTokens"/>, the likeliest first.</summary>
    public string TokensColumnName { get; init; } = "Tokens";

    /// <summary>The name of the output with the probabilities of those tokens, a vector of Single.</summary>
    public string ScoresColumnName { get; init; } = "Scores";

    /// <summary>The name of the output with the text as the tokenizer decodes it, the likeliest token in each mask's place.</summary>
    public string FilledTextColumnName { get; init; } = "FilledText";

    /// <summary>How many tokens are offered for each mask.</summary>
    public int TopTokens { get; init; } = 5;

    /// <summary>Share of the tokens that are to be guessed in training, chosen anew each time a text is met.</summary>
    public double MaskingProbability { get; init; } = 0.15;

    /// <summary>Share of those in whose place the mask token stands.</summary>
    public double MaskedShare { get; init; } = 0.8;

    /// <summary>Share of those in whose place another token, drawn at random, stands; the rest stay as they are.</summary>
    public double ReplacedShare { get; init; } = 0.1;

    /// <summary>Whether all tokens of a word are to be guessed together.</summary>
    public bool WholeWords { get; init; }

    /// <summary>What is learnt of the order of texts besides. Without, a text longer than the model takes is learnt from piece by piece; with, it loses its ends.</summary>
    public OrderObjective OrderObjective { get; init; }

    internal override TextTask Bind(DataViewSchema schema) => Task;

    internal override TextTask Bind(SchemaShape schema) => Task;

    internal override TextTask Bind(TextConfig published) => Task;

    internal TokenMasking Apply(TokenMasking masking) => masking with
    {
        Probability = MaskingProbability,
        MaskedShare = MaskedShare,
        ReplacedShare = ReplacedShare,
        WholeWords = WholeWords,
    };

    private MaskedLanguageModeling Task => new(
        new(TextColumnName, TokensColumnName, ScoresColumnName, FilledTextColumnName, TopTokens), OrderObjective != OrderObjective.None, this);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(TopTokens, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaskingProbability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaskingProbability, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaskedShare);
        ArgumentOutOfRangeException.ThrowIfNegative(ReplacedShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaskedShare + ReplacedShare, 1, nameof(ReplacedShare));
        if (TokenDropout > 0)
            throw new ArgumentException($"{nameof(TokenDropout)} is {TokenDropout}: a masked language model has tokens hidden as it is; set {nameof(MaskingProbability)}.");
    }
}
