using System.Runtime.CompilerServices;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tasks;

/// <summary>A text that a model writes from another, or after it.</summary>
/// <param name="text">The column of what is read.</param>
/// <param name="settings">How texts are generated, and where they go.</param>
/// <typeparam name="TExample">What the model learns from.</typeparam>
internal abstract class TextGeneration<TExample>(InputColumn text, GenerationSettings settings)
    : TextTask<TokenSequence, TExample, TextAnswers>, ITextGeneration
{
    public GenerationSettings Settings => settings;

    public override IReadOnlyList<OutputColumn> Outputs { get; } = settings.Columns.Outputs;

    public override bool HasPairs => false;

    public sealed override bool IsCaseSensitive => true;

    public sealed override string HeadName => "language-model";

    /// <summary>Whether an encoder reads the text; otherwise the model goes on with it.</summary>
    protected abstract bool HasSource { get; }

    /// <summary>The tokenizer of a model from scratch, its vocabulary aside.</summary>
    protected virtual SubwordTokenizer Vocabulary(TextGenerationOptions options) => new()
    {
        Kind = options.Subwords,
        VocabularySize = options.VocabularySize,
        Continues = !HasSource,
    };

    public sealed override TransformerTokenizer LearnTokenizer(IEnumerable<string> texts, TextFineTuningOptions options) =>
        Vocabulary((TextGenerationOptions)options).Learn(texts, options.CancellationToken);

    public override TextConfig Fit(TextConfig config, TransformerTokenizer tokenizer, TransformerTokenizer? target) => base.Fit(config, tokenizer, target) with
    {
        BosId = tokenizer.BeginningOfSentenceTokenId,
        EosIds = [tokenizer.EndOfSentenceTokenId!.Value],
        DecoderStartId = config.IsEncoderDecoder ? tokenizer.BeginningOfSentenceTokenId : null,
    };

    public sealed override TextConfig Configure(TextConfig config) => config with { LabelNames = null, ProblemType = null };

    /// <exception cref="NotSupportedException">The family cannot do what the task asks.</exception>
    public sealed override Head CreateHead(TextConfig config, TextBackbone backbone) => config.IsEncoderDecoder == HasSource
        ? LanguageModelHead.Of(config, backbone)
        : throw new NotSupportedException(HasSource
            ? $"Models of the family '{config.ModelType}' have no encoder to read a source with; {nameof(LanguageModelingTrainersCatalog.TransformerLanguageModel)} trains those that go on with a text."
            : $"Models of the family '{config.ModelType}' write from a source; {nameof(SequenceToSequenceTrainersCatalog.TransformerSequenceToSequence)} trains them.");

    public sealed override Func<TokenSequence> CreateReader(DataViewRow row, TextTaskModel model)
    {
        var read = TextColumns.Reader(row, text.In(row.Schema));
        var encode = CreateEncoder(model);
        return () => encode(read());
    }

    /// <summary>Texts are written token by token, and for one as for many each takes a pass.</summary>
    protected sealed override int PassCost(TextTaskModel model) => LengthBatches.AsFew;

    public sealed override int LengthOf(TokenSequence row) => row.Length * settings.TextsPerRow;

    public sealed override TextAnswers[] Predict(TextTaskModel model, IReadOnlyList<TokenSequence> rows)
    {
        TransformerMetrics.CountRead(rows);
        var written = Generator(model).Generate(rows);
        TransformerMetrics.CountWritten(written);
        return
        [
            .. rows.Zip(written, (row, texts) => new TextAnswers(
                [.. texts.Select(text => Decode(model, row, text.Ids).AsMemory())],
                [.. texts.Select(text => (float)text.Score)])),
        ];
    }

    public async IAsyncEnumerable<string> WriteAsync(TextTaskModel model, string text, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var tokens = CreateEncoder(model)(text);
        var decoder = CreateDecoder(model, tokens);
        TransformerMetrics.CountRead([tokens]);
        await foreach (var token in Generator(model).Stream(tokens, cancellation).ConfigureAwait(false))
        {
            TransformerMetrics.CountWritten();
            if (decoder.Add(token.Id) is { Length: > 0 } piece)
                yield return piece;
        }
        if (decoder.Flush() is { Length: > 0 } rest)
            yield return rest;
    }

    public sealed override Delegate CreateGetter(OutputColumn column, Func<TextAnswers> current) => settings.Columns.CreateGetter(column.Name, current);

    public abstract TextTask With(GenerationSettings settings);

    public override void SavePretrained(TextTaskModel model, string folder)
    {
        base.SavePretrained(model, folder);
        // How many texts a row gets is the stage's affair.
        File.WriteAllText(Path.Combine(folder, GenerationConfig.FileName), (settings.Config with { Answers = null }).ToJson() + "\n");
    }

    /// <summary>Makes a text what the model reads: at least one token.</summary>
    protected abstract Func<string, TokenSequence> CreateEncoder(TextTaskModel model);

    /// <summary>The text that stands in the output.</summary>
    protected abstract string Decode(TextTaskModel model, TokenSequence row, int[] ids);

    /// <summary>What makes new tokens text one by one.</summary>
    protected virtual StreamingDecoder CreateDecoder(TextTaskModel model, TokenSequence row) => model.WritingTokenizer.CreateStreamingDecoder();

    private Models.Generator Generator(TextTaskModel model) => new(model.Network, settings.Config)
    {
        Decode = ids => model.WritingTokenizer.Decode(ids, skipSpecialTokens: true),
    };
}
