using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>The Hugging Face folder that training starts from, as far as it shows without its weights.</summary>
internal static class StartingFolder
{
    /// <summary>What the folder says of a model that reads texts.</summary>
    /// <exception cref="InputException">There is no such folder, or no such model in it.</exception>
    public static TextConfig OpenText(string folder) => Open(
        folder, () => PretrainedFolder.Open(SentenceEmbeddingFolder.Is(folder) ? SentenceEmbeddingFolder.Open(folder).TransformerPath : folder).Config);

    /// <summary>What the folder says of a model that reads images.</summary>
    /// <exception cref="InputException">There is no such folder, or no such model in it.</exception>
    public static ImageConfig OpenImages(string folder) => Open(folder, () => PretrainedImageFolder.Open(folder).Config);

    /// <summary>Refuses a model of a family that cannot learn what it should.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">Its config.</param>
    /// <param name="fits">Whether the family can.</param>
    /// <param name="command">What it should learn, as a command of the tool.</param>
    /// <param name="wanted">What that needs, such as "a model that reads texts, such as BERT".</param>
    /// <exception cref="InputException">It cannot.</exception>
    public static void Require(string folder, ModelConfig config, bool fits, string command, string wanted)
    {
        if (!fits)
            throw new InputException($"--model: '{folder}' has a model of the family '{config.ModelType}'; {command} needs {wanted}.");
    }

    private static TConfig Open<TConfig>(string folder, Func<TConfig> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or NotSupportedException or UnauthorizedAccessException)
        {
            throw new InputException($"--model: '{folder}' cannot be started from. {exception.Message}");
        }
    }
}
