namespace MLNet.Transformers.Tests;

/// <summary>The folder that the tests were built in a clone of.</summary>
internal static class RepositoryFolder
{
    private const string Solution = "MLNet.Transformers.sln";

    private static readonly Lazy<string> Root = new(() =>
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, Solution)))
                return folder.FullName;
        throw new InvalidOperationException($"No folder above the tests has {Solution}.");
    });

    /// <summary>The path of one of its files or folders.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root.Value, .. parts]);
}
