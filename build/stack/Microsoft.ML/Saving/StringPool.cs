namespace Microsoft.ML;

/// <summary>The texts of a saved component, each kept once, in the order in which they came.</summary>
internal sealed class StringPool
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public int Add(string text)
    {
        if (!_ids.TryGetValue(text, out var id))
        {
            _ids[text] = id = _texts.Count;
            _texts.Add(text);
        }

        return id;
    }
}
