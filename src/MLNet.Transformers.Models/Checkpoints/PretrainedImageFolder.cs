namespace MLNet.Transformers.Models;

/// <summary>A model that reads images in a folder as Hugging Face lays it out: <c>config.json</c> and its weights.</summary>
public sealed class PretrainedImageFolder
{
    private readonly string path;

    private PretrainedImageFolder(string path, ImageConfig config)
    {
        this.path = path;
        Config = config;
    }

    /// <summary>What <c>config.json</c> says.</summary>
    public ImageConfig Config { get; }

    /// <summary>Reads a folder's config.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has no <c>config.json</c>.</exception>
    /// <exception cref="InvalidDataException">The config cannot be read.</exception>
    /// <exception cref="NotSupportedException">The config is of an unknown family, or one that reads no images.</exception>
    public static PretrainedImageFolder Open(string path) => new(path, ImageConfig.FromJson(ModelFolder.ReadConfig(path)));

    /// <summary>Writes a model's config and weights; each file appears whole or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The folder, which is made when it is not there.</param>
    /// <param name="shardBytes">Bytes of weights beyond which they go into several files with an index.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shardBytes"/> is not positive.</exception>
    public static void Save(ImageModel model, string path, long shardBytes = ShardedSafetensors.DefaultShardBytes) =>
        ModelFolder.Save(model, model.Config, path, shardBytes);

    /// <summary>The backbone with its published weights, without any head.</summary>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public ImageBackbone LoadBackbone()
    {
        var backbone = Architectures.Find(Config.ModelType).Build<ImageBackbone>(Config);
        ModelFolder.Load(backbone, Config, path, newHead: false);
        return backbone;
    }

    /// <summary>A model for a task: the published backbone, and of the published head what is there and fits; the rest of the head is fresh.</summary>
    /// <param name="createHead">Makes the head for the config and the backbone that it will stand on.</param>
    /// <param name="config">The folder's config with what the task changes in it, such as its labels; null for the folder's own.</param>
    /// <returns>The model, and the published names of the head's weights that are random; empty when the head is the published one.</returns>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public (ImageModel Model, IReadOnlyList<string> FreshWeights) Load(Func<ImageConfig, ImageBackbone, ImageHead> createHead, ImageConfig? config = null)
    {
        var model = ImageModel.Create(config ?? Config, createHead);
        return (model, ModelFolder.Load(model, Config, path, newHead: true));
    }

    /// <summary>A model with a head whose weights, where it has any, are all in the folder.</summary>
    /// <param name="createHead">Makes the head for the config and the backbone that it will stand on.</param>
    /// <exception cref="WeightMismatchException">The weights do not fit the config, or some of the head's are missing.</exception>
    public ImageModel LoadWhole(Func<ImageConfig, ImageBackbone, ImageHead> createHead)
    {
        var model = ImageModel.Create(Config, createHead);
        ModelFolder.Load(model, Config, path, newHead: false);
        return model;
    }

    /// <summary>A classifier: the published one, or with other labels a new head on the published backbone.</summary>
    /// <param name="labels">Name of each class; null for those of the config, whose head is then loaded too.</param>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public ImageModel LoadClassifier(IReadOnlyList<string>? labels = null)
    {
        var model = ImageModel.ForClassification(labels is null ? Config : Config with { LabelNames = labels });
        ModelFolder.Load(model, Config, path, newHead: labels is not null);
        return model;
    }
}
