using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Turns text into the ids that a transformer takes, and ids into text.</summary>
/// <remarks>It does not change and can be used from any number of threads.</remarks>
/// <seealso href="https://huggingface.co/docs/tokenizers/pipeline"/>
public sealed partial class TransformerTokenizer : Tokenizer
{
    /// <summary>Makes a tokenizer of its parts.</summary>
    /// <param name="pipeline">The parts.</param>
    /// <param name="specialTokens">The tokens with a role; <see langword="null"/> takes those whose names are customary.</param>
    public TransformerTokenizer(TokenizerPipeline pipeline, SpecialTokens? specialTokens = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Pipeline = pipeline;
        SpecialTokens = specialTokens ?? new SpecialTokens();
    }

    /// <summary>The parts.</summary>
    public TokenizerPipeline Pipeline { get; }

    /// <summary>The tokens with a role.</summary>
    public SpecialTokens SpecialTokens { get; }

    /// <summary>The algorithm's tokens and the added ones.</summary>
    public Vocabulary Vocabulary => throw new NotImplementedException();

    /// <summary>The normalizer of the pipeline.</summary>
    public override TextNormalizer? Normalizer => Pipeline.Normalizer;

    /// <summary>The pre-tokenizer of the pipeline.</summary>
    public override TextPreTokenizer? PreTokenizer => Pipeline.PreTokenizer;

    /// <inheritdoc/>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
        => throw new NotImplementedException();

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
        => throw new NotImplementedException();
}
