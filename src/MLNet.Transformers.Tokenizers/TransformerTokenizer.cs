using Microsoft.ML.Tokenizers;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns text into the ids that a transformer takes, and ids into text.</summary>
/// <remarks>It does not change and can be used from any number of threads.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/pipeline"/>
public sealed partial class TransformerTokenizer : Tokenizer
{
    private readonly AddedVocabulary _addedTokens;
    private readonly TextEncoder _encoder;
    private readonly AssemblyPlan _plan;

    // CLIP's: its decoder puts bytes together and leaves the suffix standing.
    private readonly string? _endOfWordSuffix;

    /// <summary>Makes a tokenizer of its parts.</summary>
    /// <param name="pipeline">The parts.</param>
    /// <param name="specialTokens">The tokens with a role; <see langword="null"/> takes those of the vocabulary whose names are customary.</param>
    /// <param name="settings">What is known beside the pipeline.</param>
    public TransformerTokenizer(TokenizerPipeline pipeline, SpecialTokens? specialTokens = null, TokenizerSettings? settings = null)
        : this(pipeline, specialTokens, settings, shared: null)
    {
    }

    private TransformerTokenizer(TokenizerPipeline pipeline, SpecialTokens? specialTokens, TokenizerSettings? settings, TransformerTokenizer? shared)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Pipeline = pipeline;
        Settings = settings ?? new TokenizerSettings();
        _endOfWordSuffix = pipeline is { Algorithm: BytePairEncoding { Options.EndOfWordSuffix: { Length: > 0 } suffix }, Decoder: ByteLevelDecoder } ? suffix : null;
        _plan = pipeline.PostProcessor?.Plan ?? AssemblyPlan.Plain;
        _addedTokens = shared?._addedTokens ?? new AddedVocabulary(pipeline);
        _encoder = shared?._encoder ?? new TextEncoder(pipeline, _addedTokens);
        Words = shared?.Words ?? new WordEncoder(pipeline.Algorithm, asBytes: pipeline.PreTokenizer?.EndsInBytes ?? false);
        TextShowingId = pipeline.Algorithm is { UnknownTokensShowText: true, UnknownToken: { } unknown }
            ? pipeline.Algorithm.Vocabulary.GetId(unknown) ?? -1
            : -1;
        SpecialTokens = specialTokens ?? SpecialTokens.Guess(Vocabulary, pipeline.Algorithm.UnknownToken);
    }

    /// <summary>The parts.</summary>
    public TokenizerPipeline Pipeline { get; }

    /// <summary>The tokens with a role.</summary>
    public SpecialTokens SpecialTokens { get; }

    /// <summary>What is known beside the pipeline.</summary>
    public TokenizerSettings Settings { get; }

    /// <summary>The algorithm's tokens and the added ones.</summary>
    public Vocabulary Vocabulary => _addedTokens.All;

    /// <summary>The normalizer of the pipeline.</summary>
    public override TextNormalizer? Normalizer => Pipeline.Normalizer;

    /// <summary>The pre-tokenizer of the pipeline.</summary>
    public override TextPreTokenizer? PreTokenizer => Pipeline.PreTokenizer;

    /// <summary>The id of the token for text that the vocabulary does not cover.</summary>
    public int? UnknownTokenId => GetId(SpecialTokens.Unknown);

    /// <summary>The id of the token that fills the shorter texts of a batch.</summary>
    public int? PaddingTokenId => GetId(SpecialTokens.Padding);

    /// <summary>The id of the token that stands for the whole text.</summary>
    public int? ClassificationTokenId => GetId(SpecialTokens.Classification);

    /// <summary>The id of the token between texts.</summary>
    public int? SeparatorTokenId => GetId(SpecialTokens.Separator);

    /// <summary>The id of the token that stands for a hidden one.</summary>
    public int? MaskTokenId => GetId(SpecialTokens.Mask);

    /// <summary>The id of the token that begins a text.</summary>
    public int? BeginningOfSentenceTokenId => GetId(SpecialTokens.BeginningOfSentence);

    /// <summary>The id of the token that ends a text.</summary>
    public int? EndOfSentenceTokenId => GetId(SpecialTokens.EndOfSentence);

    internal WordEncoder Words { get; }

    /// <summary>The id whose tokens show the text they stand for, or -1.</summary>
    internal int TextShowingId { get; }

    /// <summary>The same tokenizer with other parts; what stays the same is shared.</summary>
    public TransformerTokenizer With(TokenizerPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        bool shares = ReferenceEquals(pipeline.Algorithm, Pipeline.Algorithm)
            && ReferenceEquals(pipeline.Normalizer, Pipeline.Normalizer)
            && ReferenceEquals(pipeline.PreTokenizer, Pipeline.PreTokenizer)
            && ReferenceEquals(pipeline.AddedTokens, Pipeline.AddedTokens);
        return new TransformerTokenizer(pipeline, SpecialTokens, Settings, shares ? this : null);
    }

    /// <summary>The same tokenizer with other special tokens.</summary>
    public TransformerTokenizer With(SpecialTokens specialTokens)
    {
        ArgumentNullException.ThrowIfNull(specialTokens);
        return new TransformerTokenizer(Pipeline, specialTokens, Settings, this);
    }

    /// <summary>The same tokenizer with other settings.</summary>
    public TransformerTokenizer With(TokenizerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new TransformerTokenizer(Pipeline, SpecialTokens, settings, this);
    }

    /// <summary>The same tokenizer with another truncation, or none.</summary>
    public TransformerTokenizer WithTruncation(Truncation? truncation) => With(Pipeline with { Truncation = truncation });

    /// <summary>The same tokenizer with another padding, or none.</summary>
    public TransformerTokenizer WithPadding(Padding? padding) => With(Pipeline with { Padding = padding });

    internal string GetTokenText(int id) => Vocabulary.GetToken(id)!;

    private int? GetId(string? token) => token is null ? null : Vocabulary.GetId(token);
}
