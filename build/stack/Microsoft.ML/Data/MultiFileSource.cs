namespace Microsoft.ML.Data;

/// <summary>Files that are read one after the other; a path may have wild cards in its last part.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[] paths) =>
        _paths = paths is null or [null] ? [] : [.. paths.SelectMany(Expand)];

    public int Count => _paths.Length;

    public string GetPathOrNull(int index)
    {
        Contracts.CheckParam((uint)index < (uint)Count, nameof(index));
        return _paths[index];
    }

    public Stream Open(int index)
    {
        var path = GetPathOrNull(index);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception)
        {
            throw Contracts.Mark(new IOException($"Could not open file '{path}'. Error is: {exception.Message}", exception));
        }
    }

    public TextReader OpenTextReader(int index) => new StreamReader(Open(index));

    private static IEnumerable<string> Expand(string path)
    {
        if (path.AsSpan().IndexOfAny('*', '?') < 0)
            return [path];
        var directory = Path.GetDirectoryName(path);
        return Directory.EnumerateFiles(directory.Length == 0 ? "." : directory, Path.GetFileName(path)).Order(StringComparer.Ordinal);
    }
}
