using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

public class Sequential : nn.Module<Tensor, Tensor>
{
    private readonly List<(string name, nn.Module module)> _items = [];

    protected Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules) : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules)
            append(name, module);
    }

    protected Sequential(params nn.Module<Tensor, Tensor>[] modules) : base(nameof(Sequential))
    {
        foreach (var module in modules)
            append(module);
    }

    public int Count => _items.Count;

    [IndexerName("SequentialItems")]
    public nn.IModule<Tensor, Tensor> this[int index] => (nn.IModule<Tensor, Tensor>)_items[index].module;

    public Sequential append(nn.IModule<Tensor, Tensor> module) => append(_items.Count.ToString(), module);

    public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
    {
        var submodule = (nn.Module)module;
        _items.Add((name, submodule));
        register_module(name, submodule);
        return this;
    }

    public override Tensor forward(Tensor tensor)
    {
        if (Count == 0)
            return tensor.alias();
        var result = this[0].call(tensor);
        for (var i = 1; i < Count; i++)
        {
            var next = this[i].call(result);
            result.Dispose();
            result = next;
        }
        return result;
    }

    internal static Sequential Of(IEnumerable<(string, nn.Module<Tensor, Tensor>)> modules) => new(modules.ToArray());

    internal static Sequential Of(IEnumerable<nn.Module<Tensor, Tensor>> modules) => new(modules.ToArray());
}
