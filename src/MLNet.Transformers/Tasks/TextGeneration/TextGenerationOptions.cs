using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>What every trainer of a model that writes texts takes besides: the outputs, how texts are generated, and the vocabulary from scratch.</summary>
public abstract record TextGenerationOptions : TextFineTuningOptions
{
    private protected TextGenerationOptions() => BestBy = BestBy.Loss;

    /// <summary>The name of the output with the best text.</summary>
    public string OutputColumnName { get; init; } = "Output";

    /// <summary>The name of the output with its score: the log-probability of its tokens, in beam search divided by a power of their number. A Single.</summary>
    public string ScoreColumnName { get; init; } = "Score";

    /// <summary>The name of the output with the best texts, a vector of text, the best first; it is there where <see cref="TopK"/> is more than 1.</summary>
    public string TopTextsColumnName { get; init; } = "TopTexts";

    /// <summary>The name of the output with their scores, a vector of Single; it is there where <see cref="TopK"/> is more than 1.</summary>
    public string TopScoresColumnName { get; init; } = "TopScores";

    /// <summary>How many texts are given for each row; at most as many as there are beams; more than one needs beams, or draws at random.</summary>
    public int TopK { get; init; } = 1;

    /// <summary>
    /// How texts are generated; what is null in it is as the folder's <c>generation_config.json</c> says. Null for all of that. Where
    /// nothing says how long a text may be, it has 128 new tokens at most.
    /// </summary>
    /// <remarks>Where tokens are drawn at random, its seed and the text decide which: the same text gets the same answer each time, but for rounding, which its company in a batch may change.</remarks>
    public GenerationConfig? Generation { get; init; }

    /// <summary>How the vocabulary that is learnt from scratch cuts texts into pieces.</summary>
    public SubwordVocabulary Subwords { get; init; }

    /// <summary>Share of the right answer that training wants spread over all tokens, such as 0.1: <see href="https://arxiv.org/abs/1512.00567">Szegedy et al., 2016</see>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How the loss of a token is computed in training: from the scores of the whole vocabulary, or for large ones from a sample.</summary>
    public VocabularyLoss VocabularyLoss { get; init; } = VocabularyLoss.Full;

    internal GenerationColumns Outputs => new(OutputColumnName, ScoreColumnName, TopTextsColumnName, TopScoresColumnName, TopK);

    internal override void Require()
    {
        base.Require();
        ArgumentOutOfRangeException.ThrowIfLessThan(TopK, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(LabelSmoothing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(LabelSmoothing, 1);
        if (CaseSensitive == false)
            throw new ArgumentException($"{nameof(CaseSensitive)} is false: a model that writes texts writes capital letters too.");
        if (TokenDropout > 0)
            throw new ArgumentException($"{nameof(TokenDropout)} is {TokenDropout}: a model that writes texts learns from whole ones.");
        // A folder may say the rest of it, and is opened when it is needed.
        if (PretrainedFolder is null)
            GenerationSettings.Of(this);
        else
            Generation?.Validate();
    }
}
