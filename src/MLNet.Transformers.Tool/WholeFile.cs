namespace MLNet.Transformers.Tool;

/// <summary>Files that are there whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Has a file written beside its place, and then moves it there, over what was there before.</summary>
    /// <param name="path">The place.</param>
    /// <param name="write">Writes the file whose path it is given.</param>
    public static void Write(string path, Action<string> write)
    {
        var unfinished = path + ".unfinished";
        write(unfinished);
        File.Move(unfinished, path, overwrite: true);
    }
}
