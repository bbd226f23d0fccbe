using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>What the optimisers share: groups, a state a parameter, saving and loading it.</summary>
public abstract class OptimizerHelper : Optimizer
{
    protected OptimizerOptions _defaults = null!;

    /// <summary>The states in the order in which parameters were added; keyed by identity.</summary>
    private protected readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    public OptimizerHelper()
    {
    }

    public override void zero_grad()
    {
        foreach (var parameter in parameters())
        {
            using var gradient = parameter.grad;
            gradient?.zero_();
        }
    }

    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            result.Options.Add(group.Options);
            var indices = new List<int>();
            result.StateIndexRef.Add(indices);
            foreach (var parameter in group.Parameters)
            {
                indices.Add(result.State.Count);
                result.State.Add(_states[parameter]);
            }
        }
        return result;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        RequireSame(state_dict.Options.Count, state_dict.State.Count, own);
        for (var i = 0; i < own.Options.Count; i++)
            if (own.Options[i] != state_dict.Options[i])
                own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++)
            if (own.State[i] != state_dict.State[i])
                own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void to(Device device)
    {
        foreach (var state in _states.Values)
            state.to(device);
    }

    private protected override void FreeState()
    {
        foreach (var state in _states.Values)
            (state as IDisposable)?.Dispose();
        _states.Clear();
    }

    /// <summary>Runs the closure with gradients, then updates every group without them, freeing the temporaries.</summary>
    protected Tensor? _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var graph = enable_grad();
            loss = loss_closure();
        }
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _parameter_groups)
            body((T)group);
        return loss;
    }

    private protected void Add(ParamGroup group, OptimizerOptions options, Func<Parameter, OptimizerState> makeState)
    {
        group.Options = options;
        options.LearningRate ??= _defaults.LearningRate;
        options.InitialLearningRate = options.LearningRate!.Value;
        _parameter_groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            var state = makeState(parameter);
            _states[parameter] = state;
            state.Initialize(options);
        }
    }

    private static void RequireSame(int groups, int states, StateDictionary own)
    {
        if (groups != own.Options.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != own.State.Count)
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }
}
