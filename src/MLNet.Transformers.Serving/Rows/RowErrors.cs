namespace MLNet.Transformers.Serving.Rows;

/// <summary>What is wrong with the rows of a request, by path; of very many, the first.</summary>
internal sealed class RowErrors
{
    private const int Most = 16;
    private readonly Dictionary<string, string[]> byPath = [];

    public bool Any => byPath.Count > 0;

    public bool AreMany => byPath.Count >= Most;

    public IDictionary<string, string[]> ByPath => byPath;

    public void Add(string path, string error)
    {
        if (!AreMany)
        {
            byPath[path] = byPath.TryGetValue(path, out var others) ? [.. others, error] : [error];
        }
    }
}
