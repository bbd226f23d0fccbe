using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// A model's weights in single precision, which is what is trained, validated and kept. Where the model computes with fewer bits in
/// training, they stand beside it, and it has rounded copies from <see cref="Enter"/> to <see cref="Leave"/>.
/// </summary>
internal sealed class ModelWeights : IDisposable
{
    private readonly Module model;
    private readonly bool areBeside;
    private readonly List<(string Name, Parameter Exact)> parameters;
    private readonly List<(string Name, Tensor Exact)> buffers;

    public ModelWeights(Module model, Precision precision)
    {
        this.model = model;
        areBeside = precision != Precision.Single;
        parameters = [.. model.named_parameters().Select(pair => (pair.name, areBeside ? Copy(pair.parameter) : pair.parameter))];
        buffers = [.. model.named_buffers().Select(pair => (pair.name, areBeside ? pair.buffer.detach().clone().DetachFromDisposeScope() : pair.buffer))];
        ByName = All.ToDictionary(pair => pair.Name, pair => pair.Exact);
    }

    /// <summary>The exact parameters by name.</summary>
    public IReadOnlyList<(string Name, Parameter Exact)> Parameters => parameters;

    /// <summary>Everything that the model keeps, by name.</summary>
    public IEnumerable<(string Name, Tensor Exact)> All => [.. parameters.Select(pair => (pair.Name, (Tensor)pair.Exact)), .. buffers];

    /// <summary>The same by name.</summary>
    public IReadOnlyDictionary<string, Tensor> ByName { get; }

    /// <summary>Lets the model compute with fewer bits.</summary>
    public void Enter()
    {
        if (!areBeside)
            return;
        model.to(ScalarType.BFloat16);
        Push();
        foreach (var (parameter, exact) in Pairs())
            parameter.requires_grad = exact.requires_grad;
    }

    /// <summary>Gives the model the exact weights.</summary>
    public void Leave()
    {
        if (!areBeside)
            return;
        model.to(ScalarType.Float32);
        Push();
        foreach (var (parameter, exact) in Pairs())
            (parameter.grad, parameter.requires_grad) = (null, exact.requires_grad);
    }

    /// <summary>Lets the model have what the exact weights have become.</summary>
    public void Push()
    {
        if (!areBeside)
            return;
        using var frozen = no_grad();
        foreach (var (parameter, exact) in Pairs())
            parameter.copy_(exact);
        var exactBuffers = buffers.ToDictionary(pair => pair.Name, pair => pair.Exact);
        foreach (var (name, buffer) in model.named_buffers())
            buffer.copy_(exactBuffers[name]);
    }

    /// <summary>Adds the model's gradients to those of the exact weights.</summary>
    public void TakeGradients()
    {
        if (!areBeside)
            return;
        foreach (var (parameter, exact) in Pairs())
        {
            using var gradient = parameter.grad;
            if (gradient is null)
                continue;
            using var single = gradient.to(ScalarType.Float32);
            using var sum = exact.grad;
            if (sum is null)
                exact.grad = single;
            else
                sum.add_(single);
            parameter.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!areBeside)
            return;
        foreach (var (parameter, exact) in Pairs())
            parameter.requires_grad = exact.requires_grad;
        foreach (var (_, tensor) in All)
            tensor.Dispose();
    }

    /// <summary>The model's parameters, which are others each time their type changes, with the exact ones.</summary>
    private IEnumerable<(Parameter Model, Parameter Exact)> Pairs() =>
        model.named_parameters().Join(parameters, pair => pair.name, pair => pair.Name, (pair, exact) => (pair.parameter, exact.Exact));

    private static Parameter Copy(Parameter parameter) =>
        (Parameter)Parameter(parameter.detach().clone(), parameter.requires_grad).DetachFromDisposeScope();
}
