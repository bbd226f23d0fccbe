using System.Collections;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>
/// The parameters that training changes: all that want a gradient, less the frozen ones. With gradual unfreezing the deepest
/// train first, and every epoch one layer more (<see href="https://arxiv.org/abs/1801.06146">Howard and Ruder, 2018</see>).
/// Disposed, the others want their gradients back.
/// </summary>
internal sealed class TrainedParameters : IReadOnlyList<TrainedParameter>, IDisposable
{
    private readonly List<TrainedParameter> trained;
    private readonly List<Parameter> wanted;
    private readonly int[]? depths;

    /// <exception cref="ArgumentException">A name fits no parameter, there are fewer layers than are to be frozen, or nothing is left to train.</exception>
    public TrainedParameters(ModelWeights weights, TrainingOptions options)
    {
        var named = weights.Parameters;
        var depth = new ParameterDepth([.. named.Select(pair => pair.Name)]);
        Layers = depth.LayerCount;
        RequireFits([.. named.Select(pair => pair.Name)], options);
        wanted = [.. named.Where(pair => pair.Exact.requires_grad).Select(pair => pair.Exact)];
        trained = [.. named
            .Where(pair => pair.Exact.requires_grad)
            .Select(pair => new TrainedParameter(pair.Name, depth.Of(pair.Name), pair.Exact))
            .Where(parameter => !IsFrozen(parameter, options))];
        if (trained.Count == 0)
            throw new ArgumentException("All parameters of the model are frozen: there is nothing to train.", nameof(options));
        depths = options.GradualUnfreezing ? [.. trained.Select(parameter => parameter.Depth).Distinct().OrderDescending()] : null;
    }

    /// <summary>Number of layers of the model.</summary>
    public int Layers { get; }

    /// <inheritdoc/>
    public int Count => trained.Count;

    /// <inheritdoc/>
    public TrainedParameter this[int index] => trained[index];

    /// <summary>
    /// The weights that are not frozen: besides what trains, the buffers and the parameters that never want a gradient, since a norm's
    /// running means or a teacher's weights follow what trains.
    /// </summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> AllThatChanges(ModelWeights weights)
    {
        var frozen = new HashSet<object>(wanted, ReferenceEqualityComparer.Instance);
        frozen.ExceptWith(trained.Select(parameter => parameter.Parameter));
        return [.. weights.All.Where(pair => !frozen.Contains(pair.Exact))];
    }

    /// <summary>Lets those want gradients that train in an epoch, and no others.</summary>
    public void Begin(int epoch)
    {
        var least = depths is null ? 0 : depths[Math.Min(epoch, depths.Length) - 1];
        foreach (var parameter in wanted)
        {
            // What a parameter no longer trains with must not be stepped by.
            parameter.grad = null;
            parameter.requires_grad = false;
        }
        foreach (var parameter in trained.Where(parameter => parameter.Depth >= least))
            parameter.Parameter.requires_grad = true;
    }

    /// <summary>Those that train in this epoch.</summary>
    public IEnumerable<Parameter> Training => trained.Select(parameter => parameter.Parameter).Where(parameter => parameter.requires_grad);

    /// <summary>Leaves no gradient anywhere.</summary>
    public void ForgetGradients()
    {
        foreach (var parameter in Training)
            parameter.grad = null;
    }

    /// <summary>Makes sums of gradients their mean.</summary>
    public void DivideGradients(double count)
    {
        foreach (var parameter in Training)
        {
            using var gradient = parameter.grad;
            gradient?.div_(count);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<TrainedParameter> GetEnumerator() => trained.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in wanted)
        {
            parameter.grad = null;
            parameter.requires_grad = true;
        }
    }

    private static bool IsFrozen(TrainedParameter parameter, TrainingOptions options) =>
        (options.FreezeEmbeddings && parameter.Depth == 0) ||
        (parameter.Depth > 0 && parameter.Depth <= options.FrozenLayers) ||
        options.FrozenNames.Any(name => Starts(parameter.Name, name));

    private void RequireFits(List<string> names, TrainingOptions options)
    {
        if (options.FrozenLayers > Layers)
            throw new ArgumentException($"{nameof(TrainingOptions.FrozenLayers)} is {options.FrozenLayers}, but the model has {Layers} layers.", nameof(options));
        if (options.FrozenNames.FirstOrDefault(start => !names.Exists(name => Starts(name, start))) is { } unknown)
            throw new ArgumentException($"{nameof(TrainingOptions.FrozenNames)} has '{unknown}', with which no parameter's name starts.", nameof(options));
    }

    /// <summary>Whether a dotted name is another, or lies below it.</summary>
    private static bool Starts(string name, string start) =>
        name.StartsWith(start, StringComparison.Ordinal) && (name.Length == start.Length || start.EndsWith('.') || name[start.Length] == '.');
}
