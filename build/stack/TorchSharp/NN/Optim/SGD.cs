using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
public class SGD : OptimizerHelper, IMomentum
{
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        if (lr < 0.0)
            throw new ArgumentException($"Invalid learning rate: {lr}");
        if (momentum < 0.0)
            throw new ArgumentException($"Invalid momentum value: {momentum}");
        if (weight_decay < 0.0)
            throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters)
            add_param_group(group);
    }

    public double Momentum
    {
        get => Defaults.momentum!.Value;
        set => Defaults.momentum = value;
    }

    private Options Defaults => (Options)_defaults;

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = param_group.Options as Options ?? new Options();
        options.momentum ??= Defaults.momentum;
        options.dampening ??= Defaults.dampening;
        options.weight_decay ??= Defaults.weight_decay;
        options.nesterov ??= Defaults.nesterov;
        options.maximize ??= Defaults.maximize;
        Add(param_group, options, parameter => new State(parameter));
    }

    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

    private void Update(ParamGroup group)
    {
        var options = group.Options;
        var (momentum, decay) = (options.momentum!.Value, options.weight_decay!.Value);
        var rate = options.LearningRate!.Value * (options.maximize!.Value ? 1 : -1);
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient)
                continue;
            if (decay != 0)
                gradient = gradient.add(parameter, alpha: decay);
            if (momentum != 0)
            {
                var state = (State)_states[parameter];
                if (state.momentum_buffer is null)
                    state.momentum_buffer = gradient.clone().detach().DetachFromDisposeScope();
                else
                    state.momentum_buffer.mul_(momentum).add_(gradient, alpha: 1 - options.dampening!.Value);
                gradient = options.nesterov!.Value ? gradient.add(state.momentum_buffer, alpha: momentum) : state.momentum_buffer;
            }
            parameter.add_(gradient, alpha: rate);
        }
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public Tensor? momentum_buffer;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options) => Dispose();

        public override void LoadStateDict(OptimizerState source)
        {
            Dispose();
            momentum_buffer = Copy(((State)source).momentum_buffer);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && (momentum_buffer is null || momentum_buffer.allclose(state.momentum_buffer!));

        public override void to(Device device) => momentum_buffer = momentum_buffer?.to(device);

        public void Dispose()
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }
    }

    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
            (nesterov, maximize) = (other.nesterov, other.maximize);
        }
    }

    public class ParamGroup : ParamGroup<Options>, IMomentum
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
            bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            })
        {
        }

        public double Momentum
        {
            get => Options.momentum!.Value;
            set => Options.momentum = value;
        }
    }
}
