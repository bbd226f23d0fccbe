using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Stack.Tests.Torch.NN;

/// <summary>Losses and their gradients against PyTorch's.</summary>
public class LossTests
{
    public static TheoryData<string> Cases =>
    [
        "cross entropy", "cross entropy, weighted and smoothed", "cross entropy, ignoring 3, summed", "binary cross entropy", "mean squared error",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossesAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Case(name);
        var weights = golden.Has("weights") ? golden["weights"] : null;
        Module<Tensor, Tensor, Tensor> loss = name switch
        {
            "cross entropy" => CrossEntropyLoss(),
            "cross entropy, weighted and smoothed" => new CrossEntropyLoss(weights, label_smoothing: 0.1),
            "cross entropy, ignoring 3, summed" => CrossEntropyLoss(ignore_index: 3, reduction: Reduction.Sum),
            "binary cross entropy" => BCEWithLogitsLoss(pos_weights: weights),
            _ => MSELoss(Reduction.None),
        };
        var input = golden["input"].requires_grad_();
        var target = name.StartsWith("cross", StringComparison.Ordinal) ? golden["target"].to(ScalarType.Int64) : golden["target"];

        var value = loss.call(input, target);
        value.sum().backward();

        golden.Equals("output", value);
        golden.Equals("input.grad", input.grad);
    }
}
