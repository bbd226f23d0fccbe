using MLNet.Transformers.Models;
using MLNet.Transformers.Tokenizers;
using TorchSharp;

namespace MLNet.Transformers.Tests;

/// <summary>Folders with tiny models of random weights and a vocabulary of <see cref="StageRow"/>'s words, made when first asked for.</summary>
internal static class TinyFolders
{
    public static SentenceEmbeddingConfig Embedding { get; } = new() { Poolings = [Pooling.Max, Pooling.Mean], Steps = [new DenseStep(6), new UnitLengthStep()] };

    public static SentenceTextSettings Texts { get; } = new()
    {
        MaxLength = 12,
        Lowercases = true,
        Prompts = new Dictionary<string, string> { ["query"] = "Hammer: ", ["none"] = "" },
    };

    public static TransformerTokenizer Tokenizer { get; } = new WordPieceTrainer { VocabularySize = 100 }.Train(StageRow.Many().Select(row => row.Text));

    private static readonly Lazy<TemporaryFolder> Root = new(() =>
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    });

    private static readonly Lazy<string> LazyBert = new(() => Make("bert", network => PretrainedFolder.Save(network, Root.Value.File("bert")), ClassifierOf));

    private static readonly Lazy<string> LazySentences = new(() => Make(
        "sentences",
        network => SentenceEmbeddingFolder.Save(network, Texts, Root.Value.File("sentences")),
        config => TextModel.Create(config, (model, _) => new SentenceEmbedding(Embedding, model))));

    private static readonly Lazy<string> LazyVit = new(() =>
    {
        torch.manual_seed(1);
        var (path, config) = (Root.Value.File("vit"), StageCase.TinyVision with { LabelNames = ["fruit", "tool"] });
        using var network = ImageModel.ForClassification(config);
        PretrainedImageFolder.Save(network, path);
        ImageProcessor.Of(config).Save(path);
        return path;
    });

    private static readonly Lazy<string> LazyClip = new(() =>
    {
        torch.manual_seed(1);
        var path = Root.Value.File("clip");
        using var network = ClipModel.Create(StageCase.TinyClip with
        {
            Text = StageCase.TinyClip.Text with
            {
                VocabularySize = Tokenizer.Vocabulary.IdLimit,
                PaddingId = Tokenizer.PaddingTokenId!.Value,
                EosIds = [Tokenizer.SeparatorTokenId!.Value],
            },
        });
        PretrainedClipFolder.Save(network, path);
        Tokenizer.SavePretrained(path);
        ImageProcessor.Of(StageCase.TinyClip.Vision).Save(path);
        return path;
    });

    /// <summary>A model of images and texts with its tokenizer and its preprocessing.</summary>
    public static string Clip => LazyClip.Value;

    /// <summary>A classifier of images with its preprocessing.</summary>
    public static string Vit => LazyVit.Value;

    /// <summary>A classifier, with the pooler that BERT publishes.</summary>
    public static string Bert => LazyBert.Value;

    /// <summary>A folder of sentence-transformers with everything in it.</summary>
    public static string Sentences => LazySentences.Value;

    /// <summary>Writes a model of that config with random weights, and the tokenizer.</summary>
    public static void Write(string path, TextConfig config)
    {
        torch.manual_seed(1);
        using var network = ClassifierOf(config);
        PretrainedFolder.Save(network, path);
        Tokenizer.SavePretrained(path);
    }

    private static TextModel ClassifierOf(TextConfig config) => TextModel.ForClassification(config with { LabelNames = ["a", "b"] });

    private static string Make(string name, Action<TextModel> save, Func<TextConfig, TextModel> create)
    {
        torch.manual_seed(1);
        using var network = create(new BertConfig
        {
            VocabularySize = Tokenizer.Vocabulary.IdLimit,
            HiddenSize = 16,
            Layers = 2,
            Heads = 2,
            InnerSize = 24,
            MaxLength = 32,
            InitializerRange = 0.2,
        });
        save(network);
        Tokenizer.SavePretrained(Root.Value.File(name));
        return Root.Value.File(name);
    }
}
