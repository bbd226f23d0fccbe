using TorchSharp.Bridge;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Layers of gated recurrent units.</summary>
public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private readonly long _hiddenSize;
    private readonly long _layers;
    private readonly bool _bias;
    private readonly bool _batchFirst;
    private readonly double _dropout;
    private readonly bool _bidirectional;

    internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(GRU))
    {
        (_hiddenSize, _layers, _bias) = (hiddenSize, numLayers, bias);
        (_batchFirst, _dropout, _bidirectional) = (batchFirst, dropout, bidirectional);
        var bound = 1 / Math.Sqrt(hiddenSize);
        for (long layer = 0; layer < numLayers; layer++)
            foreach (var direction in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                Add($"weight_ih_l{layer}{direction}", [3 * hiddenSize, layer == 0 ? inputSize : hiddenSize * Directions]);
                Add($"weight_hh_l{layer}{direction}", [3 * hiddenSize, hiddenSize]);
                if (!bias)
                    continue;
                Add($"bias_ih_l{layer}{direction}", [3 * hiddenSize]);
                Add($"bias_hh_l{layer}{direction}", [3 * hiddenSize]);
            }

        void Add(string name, long[] shape)
        {
            var parameter = new Parameter(empty(shape, dtype, device));
            nn.init.uniform_(parameter, -bound, bound);
            register_parameter(name, ModuleParameter.Keep(parameter)!);
        }
    }

    private long Directions => _bidirectional ? 2 : 1;

    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
    {
        var batch = input.shape[_batchFirst ? 0 : 1];
        using var start = h0 is null ? zeros([Directions * _layers, batch, _hiddenSize], input.dtype, input.device) : h0.alias();
        return Operators.Call2("aten::gru.input", input, start, parameters().ToArray<Tensor>(), _bias, _layers, _dropout, training, _bidirectional, _batchFirst);
    }

    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => forward(input, h0);
}
