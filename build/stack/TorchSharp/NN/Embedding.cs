using TorchSharp.Bridge;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly long _paddingIndex;
    private readonly bool _scaleByFrequency;
    private readonly bool _sparse;

    [ComponentName(Name = nameof(weight))]
    private Parameter _weight = null!;

    internal Embedding(Parameter weight, long? paddingIndex, bool scaleByFrequency, bool sparse) : base(nameof(Embedding))
    {
        _paddingIndex = paddingIndex ?? -1;
        _scaleByFrequency = scaleByFrequency;
        _sparse = sparse;
        this.weight = weight;
    }

    public Parameter weight
    {
        get => _weight;
        set => ConditionallyRegisterParameter(nameof(weight), _weight = ModuleParameter.Keep(value)!);
    }

    public override Tensor forward(Tensor input) => Operators.Call("aten::embedding", _weight, input, _paddingIndex, _scaleByFrequency, _sparse);
}
