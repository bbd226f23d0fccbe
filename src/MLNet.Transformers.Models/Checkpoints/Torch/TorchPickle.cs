using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// The pickles that <see href="https://pytorch.org/docs/stable/notes/serialization.html">torch.save</see> writes of tensors. The
/// Python names below are all that they may mention; any other, such as that of a class or a function, is refused by name.
/// </summary>
internal sealed class TorchPickle
{
    private static readonly Dictionary<string, ScalarType> StorageTypes = new()
    {
        ["DoubleStorage"] = ScalarType.Float64,
        ["FloatStorage"] = ScalarType.Float32,
        ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16,
        ["LongStorage"] = ScalarType.Int64,
        ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16,
        ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    private readonly PickleReader reader;
    private readonly Dictionary<string, ScalarType> storages = [];

    /// <param name="reader">Stands at the first instruction; afterwards, behind the last.</param>
    public TorchPickle(PickleReader reader)
    {
        this.reader = reader;
        Value = new Unpickler(reader, Construct, Resolve).Load();
    }

    /// <summary>What was pickled.</summary>
    public object? Value { get; }

    /// <summary>Element type of every storage that was mentioned, by key.</summary>
    public IReadOnlyDictionary<string, ScalarType> Storages => storages;

    /// <summary>The tensors of a dictionary of tensors, by name.</summary>
    /// <exception cref="InvalidDataException">It is no such dictionary, or one of its tensors is impossible.</exception>
    public Dictionary<string, TorchTensor> Tensors()
    {
        if (Value is not PickleDictionary dictionary)
            throw new InvalidDataException($"'{reader.Origin}' has {Describe(Value)} in it, not a dictionary of tensors.");
        var tensors = new Dictionary<string, TorchTensor>();
        foreach (var (key, value) in dictionary.Items)
        {
            if (key is not string name || value is not TorchTensor tensor)
                throw new InvalidDataException($"'{reader.Origin}' is no dictionary of tensors: the value of '{key}' is {Describe(value)}.");
            if (!tensor.IsWithinStorage)
                throw new InvalidDataException($"Tensor '{name}' of '{reader.Origin}' does not fit its storage of {tensor.Storage.Count} elements.");
            if (!tensors.TryAdd(name, tensor))
                throw new InvalidDataException($"'{reader.Origin}' has two tensors '{name}'.");
        }
        return tensors;
    }

    private object Construct(PickleGlobal name, object?[] arguments) => (name.Module, name.Name, arguments) switch
    {
        ("collections", "OrderedDict", []) => new PickleDictionary(),
        ("torch._utils", "_rebuild_tensor", [TorchStorage storage, long start, object?[] shape, object?[] strides]) =>
            new TorchTensor(storage, start, Sizes(shape), Sizes(strides)),
        ("torch._utils", "_rebuild_tensor_v2", [TorchStorage storage, long start, object?[] shape, object?[] strides, bool, ..]) =>
            new TorchTensor(storage, start, Sizes(shape), Sizes(strides)),
        ("torch._utils", "_rebuild_parameter" or "_rebuild_parameter_with_state", [TorchTensor tensor, bool, ..]) => tensor,
        ("collections", "OrderedDict", _) or ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2" or "_rebuild_parameter" or "_rebuild_parameter_with_state", _) =>
            throw new InvalidDataException($"'{reader.Origin}' gives {name} arguments of an unknown form."),
        _ => throw new InvalidDataException($"'{reader.Origin}' wants to call {name}, which is no part of a tensor; it was not called."),
    };

    /// <summary>A storage outside the pickle: ("storage", type, key, device, elements), in old files followed by a view or nothing.</summary>
    private TorchStorage Resolve(object? id)
    {
        if (id is not object?[] { Length: 5 or 6 } parts ||
            parts is not ["storage", PickleGlobal type, string key, _, long count, ..] || count < 0)
            throw new InvalidDataException($"'{reader.Origin}' refers to something outside its pickle that is no storage.");
        if (type.Module != "torch" || !StorageTypes.TryGetValue(type.Name, out var elements))
            throw new InvalidDataException($"'{reader.Origin}' has a storage of the unknown type {type}.");
        if (!storages.TryAdd(key, elements) && storages[key] != elements)
            throw new InvalidDataException($"'{reader.Origin}' has a storage '{key}' of two types.");
        return parts is [.., object?[] view] ? View(new(elements, key, 0, count), view) : new(elements, key, 0, count);
    }

    private TorchStorage View(TorchStorage whole, object?[] view) =>
        view is [_, long start, long count] && start >= 0 && count >= 0 && start <= whole.Count - count
            ? whole with { Start = start, Count = count }
            : throw new InvalidDataException($"'{reader.Origin}' has an impossible view of the storage '{whole.Key}'.");

    private long[] Sizes(object?[] values) => [.. values.Select(value => value is long size
        ? size
        : throw new InvalidDataException($"'{reader.Origin}' has a tensor whose shape is no list of integers."))];

    private static string Describe(object? value) => value switch
    {
        null => "None",
        TorchTensor => "a tensor",
        PickleDictionary => "a dictionary",
        PickleGlobal name => $"the name {name}",
        object?[] => "a tuple",
        List<object?> => "a list",
        string => "text",
        _ => $"the value {value}",
    };
}
