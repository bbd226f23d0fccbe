using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

public class ModuleDict<T> : Module, IDictionary<string, T>, IList<(string, T)> where T : Module
{
    private readonly List<(string name, T module)> _list = [];
    private bool _registered;

    public ModuleDict() : base("ModuleDict")
    {
    }

    public int Count => _list.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => [.. keys()];

    public ICollection<T> Values => [.. values()];

    public T this[string key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The given key '{key}' was not present in the dictionary.");
        set
        {
            var index = Find(key);
            if (index < 0)
                _list.Add((key, value));
            else
                _list[index] = (key, value);
        }
    }

    public (string, T) this[int index]
    {
        get => _list[index];
        set => _list[index] = value;
    }

    public IEnumerable<string> keys() => _list.Select(item => item.name);

    public IEnumerable<T> values() => _list.Select(item => item.module);

    public IEnumerator<(string, T)> items() => _list.GetEnumerator();

    public void Add(string key, T value)
    {
        if (Find(key) >= 0)
            throw new ArgumentException($"An item with the same key has already been added. Key: {key}");
        _list.Add((key, value));
    }

    public void Add((string, T) item) => Add(item.Item1, item.Item2);

    public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

    public void Insert(int index, (string, T) item) => _list.Insert(index, item);

    public bool Remove(string key)
    {
        var index = Find(key);
        if (index >= 0)
            _list.RemoveAt(index);
        return index >= 0;
    }

    public bool Remove((string, T) item) => _list.Remove(item);

    public bool Remove(KeyValuePair<string, T> item) => _list.Remove((item.Key, item.Value));

    public void RemoveAt(int index) => _list.RemoveAt(index);

    public void Clear() => _list.Clear();

    public void clear() => Clear();

    public bool ContainsKey(string key) => Find(key) >= 0;

    public bool Contains((string, T) item) => _list.Contains(item);

    public bool Contains(KeyValuePair<string, T> item) => _list.Contains((item.Key, item.Value));

    public int IndexOf((string, T) item) => _list.IndexOf(item);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
    {
        var index = Find(key);
        value = index < 0 ? null : _list[index].module;
        return index >= 0;
    }

    public void CopyTo((string, T)[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

    public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex)
    {
        foreach (var (name, module) in _list)
            array[arrayIndex++] = KeyValuePair.Create(name, module);
    }

    public IEnumerator<(string, T)> GetEnumerator() => _list.GetEnumerator();

    IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() =>
        _list.Select(item => KeyValuePair.Create(item.name, item.module)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    protected override void RegisterComponents()
    {
        if (_registered)
            return;
        foreach (var (name, module) in _list)
            register_module(name, module);
        _registered = true;
    }

    private int Find(string key) => _list.FindIndex(item => item.name == key);
}
