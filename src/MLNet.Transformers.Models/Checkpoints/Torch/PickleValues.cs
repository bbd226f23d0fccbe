namespace MLNet.Transformers.Models;

/// <summary>A Python name that a pickle mentions. It is compared with names that are known, and never looked up.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A Python dictionary, in its order.</summary>
internal sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Items { get; } = [];

    public object? this[string key] => Items.FindLast(item => item.Key is string name && name == key).Value;
}
