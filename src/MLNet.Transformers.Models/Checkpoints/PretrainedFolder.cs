using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>A model that reads texts in a folder as Hugging Face lays it out: <c>config.json</c> and its weights.</summary>
public sealed class PretrainedFolder
{
    private readonly string path;

    private PretrainedFolder(string path, TextConfig config)
    {
        this.path = path;
        Config = config;
    }

    /// <summary>What <c>config.json</c> says.</summary>
    public TextConfig Config { get; }

    /// <summary>How the model generates text: what <c>generation_config.json</c> says or, where there is none, the options in <c>config.json</c>.</summary>
    /// <exception cref="InvalidDataException">The options cannot be read.</exception>
    public GenerationConfig Generation => Path.Combine(path, GenerationConfig.FileName) is var file && File.Exists(file)
        ? GenerationConfig.FromJson(File.ReadAllText(file))
        : GenerationConfig.Of(Config);

    /// <summary>Reads a folder's config.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has no <c>config.json</c>.</exception>
    /// <exception cref="InvalidDataException">The config cannot be read.</exception>
    /// <exception cref="NotSupportedException">The config is of an unknown family, or one that reads no texts.</exception>
    public static PretrainedFolder Open(string path) => new(path, TextConfig.FromJson(ModelFolder.ReadConfig(path)));

    /// <summary>Writes a model's config and weights; each file appears whole or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The folder, which is made when it is not there.</param>
    /// <param name="shardBytes">Bytes of weights beyond which they go into several files with an index.</param>
    /// <param name="generation">How the model generates text; null for no file that says it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shardBytes"/> is not positive.</exception>
    public static void Save(TextModel model, string path, long shardBytes = ShardedSafetensors.DefaultShardBytes, GenerationConfig? generation = null)
    {
        ModelFolder.Save(model, model.Config, path, shardBytes);
        if (generation is not null)
            ModelFolder.WriteText(path, GenerationConfig.FileName, generation.ToJson());
    }

    /// <summary>Opens the weights, in one file or several: safetensors where there are any, else what torch.save has written.</summary>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    /// <exception cref="InvalidDataException">A file breaks a rule of its format.</exception>
    public IWeights OpenWeights() => ModelFolder.OpenWeights(path);

    /// <summary>The encoder with its published weights, without any head.</summary>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public TextBackbone LoadBackbone()
    {
        var encoder = Architectures.Find(Config.ModelType).Build<TextBackbone>(Config);
        Load(encoder, newHead: false);
        return encoder;
    }

    /// <summary>The token vectors alone, those of the source where there are two tables, (vocabulary, size); the rest of the weights is not read.</summary>
    /// <exception cref="InvalidDataException">The weights have no token vectors.</exception>
    public Tensor LoadTokenVectors()
    {
        var names = Architectures.Find(Config.ModelType).NamesFor(Config);
        var published = names.Publish($"backbone.{(Config.IsEncoderDecoder ? "encoder." : "")}embedding.tokens.weight").Names[0];
        using var weights = OpenWeights();
        var found = weights.Tensors.Keys.FirstOrDefault(name => names.Normalise(name) == published)
            ?? throw new InvalidDataException($"'{weights.Origin}' has no tensor '{published}'.");
        return weights.Read(found);
    }

    /// <summary>A model for a task: the published encoder, and of the published head what is there and fits; the rest of the head is fresh.</summary>
    /// <param name="createHead">Makes the head for the config and the encoder that it will stand on.</param>
    /// <param name="config">The folder's config with what the task changes in it, such as its labels; null for the folder's own.</param>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public PretrainedModel Load(Func<TextConfig, TextBackbone, Head> createHead, TextConfig? config = null)
    {
        var model = TextModel.Create(config ?? Config, createHead);
        return new PretrainedModel(model, Load(model, newHead: true));
    }

    /// <summary>A model with a head whose weights, where it has any, are all in the folder.</summary>
    /// <param name="createHead">Makes the head for the config and the encoder that it will stand on.</param>
    /// <exception cref="WeightMismatchException">The weights do not fit the config, or some of the head's are missing.</exception>
    public TextModel LoadWhole(Func<TextConfig, TextBackbone, Head> createHead)
    {
        var model = TextModel.Create(Config, createHead);
        Load(model, newHead: false);
        return model;
    }

    /// <summary>A classifier: the published one, or with other labels a new head on the published encoder.</summary>
    /// <param name="labels">Name of each class; null for those of the config, whose head is then loaded too.</param>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public TextModel LoadClassifier(IReadOnlyList<string>? labels = null)
    {
        var model = TextModel.ForClassification(labels is null ? Config : Config with { LabelNames = labels });
        Load(model, newHead: labels is not null);
        return model;
    }

    private IReadOnlyList<string> Load(Module model, bool newHead) => ModelFolder.Load(model, Config, path, newHead);
}
