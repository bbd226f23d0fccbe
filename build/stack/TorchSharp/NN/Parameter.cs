using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. It takes the place of the tensor it is made from, which is used up.</summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true) : base(data.requires_grad_(requires_grad).Alias(), register: false)
    {
        var scope = data.OwningDisposeScope;
        data.Dispose();
        scope?.Attach(this);
    }
}
