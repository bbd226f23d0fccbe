using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Stack.Tests.Torch.NN;

/// <summary>Outputs and gradients of every layer against PyTorch's.</summary>
public class LayerTests
{
    public static TheoryData<string> Cases =>
        ["linear", "linear without bias", "layer norm", "conv1d", "conv2d", "GELU", "ReLU", "SiLU", "Tanh", "Sigmoid", "Softmax", "Sequential"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ForwardAndBackwardAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Case(name);
        var module = Make(name);
        Fill(module, golden);
        var input = golden["input"].requires_grad_();

        var output = module.call(input);
        (output * golden["weight"]).sum().backward();

        golden.Equals("output", output);
        golden.Equals("input.grad", input.grad);
        RequireGradients(module, golden);
    }

    [Fact]
    public void AnEmbeddingGivesNoGradientToItsPadding()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Case("embedding");
        var module = Embedding(7, 4, padding_idx: 2);
        using (no_grad())
        {
            Assert.Equal(0, module.weight![2].abs().sum().item<float>());
        }
        Fill(module, golden);

        var output = module.call(golden["ids"].to(ScalarType.Int64));
        (output * golden["weight"]).sum().backward();

        golden.Equals("output", output);
        RequireGradients(module, golden);
    }

    [Fact]
    public void AGruRunsBothWaysThroughItsLayers()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Case("gru");
        var module = GRU(3, 4, numLayers: 2, batchFirst: true, bidirectional: true);
        Fill(module, golden);
        var input = golden["input"].requires_grad_();

        var (output, last) = module.call(input);
        (output * golden["weight"]).sum().backward();

        golden.Equals("output", output);
        Golden.Case("gru last").Equals("output", last);
        golden.Equals("input.grad", input.grad);
        RequireGradients(module, golden);
    }

    [Fact]
    public void DropoutScalesWhatItKeepsAndOnlyInTraining()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var module = Dropout(0.25);
        var input = ones(100_000);

        var dropped = module.call(input);
        var kept = dropped.ne(0).to(ScalarType.Float32).mean().item<float>();
        Assert.InRange(kept, 0.74f, 0.76f);
        Assert.Equal(1 / 0.75f, dropped.max().item<float>(), 1e-6f);

        module.eval();
        Assert.True(module.call(input).Equals(input));
    }

    [Theory]
    [InlineData(64, 0.125)]
    [InlineData(100, 0.1)]
    public void ALinearLayerStartsUniformWithinTheRootOfItsInputs(long inputs, double bound)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var module = Linear(inputs, 400);
        foreach (var parameter in module.parameters())
        {
            Assert.InRange(parameter.abs().max().item<float>(), 0.97 * bound, bound);
            Assert.InRange(Math.Abs(parameter.mean().item<float>()), 0, 0.1 * bound);
            Assert.InRange(parameter.std().item<float>(), 0.9 * bound / Math.Sqrt(3), 1.1 * bound / Math.Sqrt(3));
        }
    }

    private static Module<Tensor, Tensor> Make(string name) => name switch
    {
        "linear" => Linear(5, 3),
        "linear without bias" => Linear(5, 3, hasBias: false),
        "layer norm" => LayerNorm(6, eps: 1e-6),
        "conv1d" => Conv1d(4, 6, 3, stride: 2, padding: 1, groups: 2),
        "conv2d" => Conv2d(3, 5, 2, stride: 2, bias: false),
        "GELU" => GELU(),
        "ReLU" => ReLU(),
        "SiLU" => SiLU(),
        "Tanh" => Tanh(),
        "Sigmoid" => Sigmoid(),
        "Softmax" => Softmax(1),
        "Sequential" => Sequential(Linear(4, 6), Tanh(), Linear(6, 2)),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static void Fill(Module module, Golden golden)
    {
        var state = module.state_dict();
        module.load_state_dict(state.Keys.ToDictionary(key => key, key => golden[$"module.{key}"]));
    }

    private static void RequireGradients(Module module, Golden golden)
    {
        foreach (var (name, parameter) in module.named_parameters())
        {
            golden.Equals($"module.{name}.grad", parameter.grad);
        }
    }
}
