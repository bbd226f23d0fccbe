using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba, 2015); weight decay is added to the gradient.</summary>
public class Adam : OptimizerHelper, IBetas
{
    public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        if (lr < 0)
            throw new ArgumentException($"Invalid learning rate: {lr}");
        if (eps < 0)
            throw new ArgumentException($"Invalid ε: {eps}");
        if (beta1 is < 0 or >= 1.0)
            throw new ArgumentException($"Invalid beta1: {beta1}");
        if (beta2 is < 0 or >= 1.0)
            throw new ArgumentException($"Invalid beta2: {beta2}");
        if (weight_decay < 0.0)
            throw new ArgumentException($"Invalid weight_decay value: {weight_decay}");
        _defaults = new Options
        {
            LearningRate = lr,
            InitialLearningRate = lr,
            beta1 = beta1,
            beta2 = beta2,
            eps = eps,
            weight_decay = weight_decay,
            amsgrad = amsgrad,
            maximize = maximize,
        };
        foreach (var group in parameters)
            add_param_group(group);
    }

    public (double, double) Betas
    {
        get => (Defaults.beta1!.Value, Defaults.beta2!.Value);
        set => (Defaults.beta1, Defaults.beta2) = (value.Item1, value.Item2);
    }

    private Options Defaults => (Options)_defaults;

    public override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = param_group.Options as Options ?? new Options();
        options.beta1 ??= Defaults.beta1;
        options.beta2 ??= Defaults.beta2;
        options.eps ??= Defaults.eps;
        options.weight_decay ??= Defaults.weight_decay;
        options.amsgrad ??= Defaults.amsgrad;
        options.maximize ??= Defaults.maximize;
        Add(param_group, options, parameter => new State(parameter));
    }

    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

    private void Update(ParamGroup group)
    {
        var options = group.Options;
        var updates = new List<MomentUpdate>();
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient)
                continue;
            var state = (State)_states[parameter];
            updates.Add(new(parameter, gradient, ++state.step, state.exp_avg, state.exp_avg_sq, state.max_exp_avg_sq));
        }
        AdaptiveMoments.Update(updates, new()
        {
            Rate = options.LearningRate!.Value,
            Beta1 = options.beta1!.Value,
            Beta2 = options.beta2!.Value,
            Epsilon = options.eps!.Value,
            Decay = options.weight_decay!.Value,
            Decoupled = false,
            Maximize = options.maximize!.Value,
        });
    }

    public sealed class State : OptimizerState, IDisposable
    {
        public long step;
        public Tensor exp_avg = null!;
        public Tensor exp_avg_sq = null!;
        public Tensor? max_exp_avg_sq;

        public State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
            max_exp_avg_sq = ((Options)options).amsgrad == true ? Zeros() : null;
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            Dispose();
            step = other.step;
            exp_avg = Copy(other.exp_avg)!;
            exp_avg_sq = Copy(other.exp_avg_sq)!;
            max_exp_avg_sq = Copy(other.max_exp_avg_sq);
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq) &&
            (max_exp_avg_sq is null || max_exp_avg_sq.allclose(state.max_exp_avg_sq!));

        public override void to(Device device)
        {
            exp_avg = exp_avg.to(device);
            exp_avg_sq = exp_avg_sq.to(device);
            max_exp_avg_sq = max_exp_avg_sq?.to(device);
        }

        public void Dispose()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }

    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
            (amsgrad, maximize) = (other.amsgrad, other.maximize);
        }
    }

    public class ParamGroup : ParamGroup<Options>, IBetas
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr,
                beta1 = beta1,
                beta2 = beta2,
                eps = eps,
                weight_decay = weight_decay,
                amsgrad = amsgrad,
                maximize = maximize,
            })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1!.Value, Options.beta2!.Value);
            set => (Options.beta1, Options.beta2) = (value.Item1, value.Item2);
        }
    }
}
