using System.Globalization;

namespace MLNet.Transformers.Tool.Search;

/// <summary>What a search keeps beside the project until it is done: trainings on their way and the best model so far. One process at a time has it.</summary>
internal sealed class SearchFolder : IDisposable
{
    private readonly string path;
    private readonly FileStream locked;

    private SearchFolder(string path, FileStream locked) => (this.path, this.locked) = (path, locked);

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="InputException">Another process has it, or it cannot be made.</exception>
    public static SearchFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The folder '{Path.GetDirectoryName(path)}' cannot be made: {exception.Message}");
        }
        try
        {
            return new(path, new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException)
        {
            throw new InputException($"The folder '{Path.GetDirectoryName(path)}' is in use: another search is under way in it. Wait for its end, or give another --name or --output.");
        }
    }

    /// <summary>Where a training is kept on its way.</summary>
    /// <param name="number">The trial's number; 0 for the training on all rows after a cross-validation.</param>
    /// <param name="part">Which of its trainings it is.</param>
    public string Checkpoints(int number, string part) => Path.Combine(path, Name(number), part);

    /// <summary>Where the model of a trial is kept.</summary>
    public string Model(int number) => Path.Combine(path, Name(number) + ".mlnet");

    /// <summary>Deletes what is kept of trainings, and all models but one.</summary>
    public void Clean(int? best)
    {
        foreach (var folder in Directory.GetDirectories(path))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(path, "*.mlnet").Where(file => best is null || Path.GetFileName(file) != Path.GetFileName(Model(best.Value))))
            File.Delete(file);
    }

    /// <summary>Deletes the folder.</summary>
    public void Delete()
    {
        Dispose();
        Directory.Delete(path, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => locked.Dispose();

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"trial-{number}");
}
