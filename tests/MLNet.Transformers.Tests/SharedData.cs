namespace MLNet.Transformers.Tests;

/// <summary>The data that lies beside the repository, in <c>shared/data</c>, and not in it.</summary>
internal static class SharedData
{
    private const string Variable = "MLNET_TRANSFORMERS_SHARED";

    private static readonly string? s_folder = Find();

    /// <summary>Why a test that needs the data is skipped; <see langword="null"/> where the data is there.</summary>
    public static string? WhyAbsent => s_folder is null
        ? $"There is no folder shared/data above the tests, and {Variable} names none."
        : null;

    /// <summary>The path of a file or folder of the data.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([s_folder ?? throw new InvalidOperationException(WhyAbsent), .. parts]);

    private static string? Find()
    {
        IEnumerable<string> candidates = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
            ? [System.IO.Path.Combine(named, "data")]
            : Ancestors(AppContext.BaseDirectory).Select(folder => System.IO.Path.Combine(folder, "shared", "data"));
        return candidates.FirstOrDefault(Directory.Exists);
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (DirectoryInfo? current = new(folder); current is not null; current = current.Parent)
        {
            yield return current.FullName;
        }
    }
}
