namespace MLNet.Transformers.Models;

/// <summary>A CLIP model in a folder as Hugging Face lays it out: <c>config.json</c> and its weights.</summary>
public sealed class PretrainedClipFolder
{
    private readonly string path;

    private PretrainedClipFolder(string path, ClipConfig config)
    {
        this.path = path;
        Config = config;
    }

    /// <summary>What <c>config.json</c> says.</summary>
    public ClipConfig Config { get; }

    /// <summary>Reads a folder's config.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has no <c>config.json</c>.</exception>
    /// <exception cref="InvalidDataException">The config cannot be read.</exception>
    /// <exception cref="NotSupportedException">The config is of another family.</exception>
    public static PretrainedClipFolder Open(string path) => new(path, ModelConfig.FromJson<ClipConfig>(ModelFolder.ReadConfig(path)));

    /// <summary>Writes a model's config and weights; each file appears whole or not at all.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The folder, which is made when it is not there.</param>
    /// <param name="shardBytes">Bytes of weights beyond which they go into several files with an index.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shardBytes"/> is not positive.</exception>
    public static void Save(ClipModel model, string path, long shardBytes = ShardedSafetensors.DefaultShardBytes) =>
        ModelFolder.Save(model, model.Config, path, shardBytes);

    /// <summary>The model with its published weights.</summary>
    /// <exception cref="FileNotFoundException">The folder has no weights.</exception>
    /// <exception cref="WeightMismatchException">The weights do not fit the config.</exception>
    public ClipModel Load()
    {
        var model = Clip.Architecture.Build<ClipModel>(Config);
        ModelFolder.Load(model, Config, path, newHead: false);
        return model;
    }
}
