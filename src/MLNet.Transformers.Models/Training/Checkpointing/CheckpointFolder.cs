using System.Globalization;

namespace MLNet.Transformers.Models;

/// <summary>
/// A folder of checkpoints, each a folder whose name says how far training was. One that is being written or deleted bears another
/// name, so that whatever bears a checkpoint's is whole; one process at a time has the folder.
/// </summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Prefix = "checkpoint-";
    private const string Unfinished = ".unfinished";
    private const string LockFile = "training.lock";

    private readonly string path;
    private readonly FileStream locked;

    /// <exception cref="IOException">Another process has the folder.</exception>
    public CheckpointFolder(string path)
    {
        this.path = path;
        Directory.CreateDirectory(path);
        try
        {
            locked = new FileStream(Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception)
        {
            throw new IOException($"The checkpoint folder '{path}' is in use: another training writes to it.", exception);
        }
        foreach (var folder in Directory.EnumerateDirectories(path, Prefix + "*" + Unfinished).ToArray())
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The checkpoint that is furthest; null when there is none.</summary>
    public string? Newest => All().LastOrDefault();

    /// <summary>Writes a checkpoint, if it is not there yet.</summary>
    /// <param name="step">Steps made.</param>
    /// <param name="epochs">Epochs done.</param>
    /// <param name="write">Writes its files into a folder.</param>
    public void Write(long step, int epochs, Action<string> write)
    {
        var target = Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}-{epochs}"));
        if (Directory.Exists(target))
            return;
        var folder = target + Unfinished;
        Directory.CreateDirectory(folder);
        write(folder);
        Directory.Move(folder, target);
    }

    /// <summary>Deletes all but the newest.</summary>
    public void Keep(int count)
    {
        foreach (var old in All().SkipLast(count).ToArray())
        {
            Directory.Move(old, old + Unfinished);
            Directory.Delete(old + Unfinished, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => locked.Dispose();

    private IEnumerable<string> All() => Directory.EnumerateDirectories(path, Prefix + "*")
        .Select(folder => (Folder: folder, Position: PositionOf(Path.GetFileName(folder))))
        .Where(pair => pair.Position is not null)
        .OrderBy(pair => pair.Position)
        .Select(pair => pair.Folder);

    /// <summary>Steps made and epochs done; null when the name is no checkpoint's.</summary>
    private static (long Step, int Epochs)? PositionOf(string name) =>
        name[Prefix.Length..].Split('-') is [var step, var epochs] &&
        long.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) &&
        int.TryParse(epochs, NumberStyles.None, CultureInfo.InvariantCulture, out var done) ? (steps, done) : null;
}
