using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers;

/// <summary>A model that makes texts vectors, and how texts get to it.</summary>
/// <param name="Model">An encoder with a <see cref="SentenceEmbedding"/> on it, and its tokenizer.</param>
/// <param name="Preparation">What happens to texts first.</param>
internal sealed record FeaturizerModel(TextTaskModel Model, TextPreparation Preparation) : IDisposable
{
    public SentenceEmbedding Head => (SentenceEmbedding)Model.Network.Head;

    public TextConfig Config => Model.Network.Config;

    /// <summary>The longest text in tokens.</summary>
    public int MaxLength => Model.Tokenizer.Pipeline.Truncation!.MaxLength;

    /// <summary>How states will become vectors, before anything is loaded.</summary>
    public static (TextConfig Config, SentenceEmbeddingConfig Embedding) Describe(FeaturizingOptions options)
    {
        if (InMemory(options) is { } source)
            return (source.Config, Choose(options, (source.Head as SentenceEmbedding)?.Config));
        var folder = options.PretrainedFolder!;
        if (!SentenceEmbeddingFolder.Is(folder))
            return (PretrainedFolder.Open(folder).Config, Choose(options, null));
        var sentences = SentenceEmbeddingFolder.Open(folder);
        return (sentences.Config, Choose(options, sentences.Embedding));
    }

    public static FeaturizerModel Open(FeaturizingOptions options, torch.Device device)
    {
        var model = InMemory(options) is { } source ? Copy(options, source, device)
            : SentenceEmbeddingFolder.Is(options.PretrainedFolder!) ? OpenSentences(options, device)
            : OpenPlain(options, device);
        model.Model.Network.to(device);
        model.Model.Network.eval();
        return model;
    }

    /// <summary>A text, or two, as the model takes them.</summary>
    public TokenSequence Encode(string text, string? pair) =>
        Model.Encode(Preparation.Prepare(text), pair);

    public void Dispose() => Model.Dispose();

    private static TextModel? InMemory(FeaturizingOptions options) => options.Model?.Network ?? options.Network;

    private static FeaturizerModel OpenPlain(FeaturizingOptions options, torch.Device device)
    {
        if (options.PromptName is not null)
            throw new ArgumentException($"The folder '{options.PretrainedFolder}' is not one of sentence-transformers, so it has no prompt '{options.PromptName}'.");
        var folder = PretrainedFolder.Open(options.PretrainedFolder!);
        var tokenizer = Cut(options, TransformerTokenizer.FromFolder(options.PretrainedFolder!), folder.Config, null);
        var network = folder.LoadWhole((config, _) => new SentenceEmbedding(Choose(options, null), config));
        return new(new TextTaskModel(network, tokenizer, device), new TextPreparation());
    }

    private static FeaturizerModel OpenSentences(FeaturizingOptions options, torch.Device device)
    {
        var folder = SentenceEmbeddingFolder.Open(options.PretrainedFolder!);
        var preparation = TextPreparation.Of(folder.Texts, options.PromptName);
        var tokenizer = Cut(options, TransformerTokenizer.FromFolder(folder.TransformerPath), folder.Config, folder.Texts.MaxLength);
        var skipped = preparation.SkippedTokens(tokenizer.WithTruncation(null));
        if (skipped >= tokenizer.Pipeline.Truncation!.MaxLength)
            throw new ArgumentException($"The prompt '{preparation.PromptName}' alone has {skipped} tokens, and with a text there may be {tokenizer.Pipeline.Truncation.MaxLength}.");
        return new(new TextTaskModel(folder.Load(Choose(options, folder.Embedding) with { SkippedTokens = skipped }), tokenizer, device), preparation);
    }

    private static FeaturizerModel Copy(FeaturizingOptions options, TextModel source, torch.Device device)
    {
        var embedding = Choose(options, (source.Head as SentenceEmbedding)?.Config);
        var network = TextModel.Create(source.Config, (config, _) => new SentenceEmbedding(embedding, config));
        try
        {
            network.Backbone.load_state_dict(source.Backbone.state_dict());
            CopyHead(source.Head, network.Head);
            var tokenizer = Cut(options, options.Model?.Tokenizer ?? options.Tokenizer!, source.Config, null);
            return new(new TextTaskModel(network, tokenizer, device), new TextPreparation());
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <exception cref="ArgumentException">The source lacks weights that the target needs.</exception>
    private static void CopyHead(Head source, Head target)
    {
        using var frozen = torch.no_grad();
        var weights = source.state_dict();
        foreach (var (name, tensor) in target.state_dict())
        {
            if (!weights.TryGetValue(name, out var found) || !found.shape.SequenceEqual(tensor.shape))
                throw new ArgumentException($"The model's {source.GetType().Name} has no weights '{name}' to pool by: choose another pooling.", nameof(source));
            tensor.copy_(found);
        }
    }

    private static SentenceEmbeddingConfig Choose(FeaturizingOptions options, SentenceEmbeddingConfig? own) =>
        (own ?? new SentenceEmbeddingConfig()).With(options.Poolings, options.Normalizes);

    /// <summary>Cuts texts to what the options, the folder, the tokenizer and the model allow, and leaves filling up to the batch.</summary>
    private static TransformerTokenizer Cut(FeaturizingOptions options, TransformerTokenizer tokenizer, TextConfig config, int? folderLength)
    {
        var wanted = options.MaxLength ?? folderLength ?? tokenizer.Settings.MaxLength ?? tokenizer.Pipeline.Truncation?.MaxLength ?? config.MaxLength;
        var truncation = tokenizer.Pipeline.Truncation ?? new Truncation(wanted) { Side = tokenizer.Settings.TruncationSide };
        return tokenizer.WithTruncation(truncation with { MaxLength = Math.Min(wanted, config.MaxLength), Stride = 0 }).WithPadding(null);
    }
}
