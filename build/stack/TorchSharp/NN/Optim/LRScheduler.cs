namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rate of every parameter group at each step.</summary>
            public abstract class LRScheduler
            {
                private readonly bool _verbose;
                private protected readonly Optimizer _optimizer;
                private protected readonly List<double> _baseRates;
                private protected readonly List<double> _lastRates;
                private protected int _epoch;

                protected int _step_count;

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _epoch = last_epoch;
                    _verbose = verbose;
                    _baseRates = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    _lastRates = [.. CurrentRates];
                }

                private protected IEnumerable<double> CurrentRates => _optimizer.ParamGroups.Select(group => group.LearningRate);

                public IEnumerable<double> get_last_lr() => _lastRates;

                public virtual void step() => step(null);

                public virtual void step(int? epoch)
                {
                    _step_count++;
                    _epoch = epoch ?? _epoch + 1;
                    // Once a step: get_lr may change the scheduler's and the optimiser's state.
                    var rates = (epoch.HasValue ? get_closed_form_lr() : get_lr()).ToList();
                    foreach (var (i, group) in _optimizer.ParamGroups.Index())
                    {
                        if (_verbose && _lastRates[i] != rates[i])
                            Console.WriteLine($"Adjusting learning rate to {rates[i]}");
                        _lastRates[i] = group.LearningRate = rates[i];
                    }
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);

                protected virtual IEnumerable<double> get_lr() => CurrentRates;

                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }

            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new impl.LambdaLR(optimizer, lr_lambda, last_epoch, verbose);

            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new impl.StepLR(optimizer, step_size, gamma, last_epoch, verbose);

            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                int last_epoch = -1, bool verbose = false) =>
                new impl.LinearLR(optimizer, start_factor, end_factor, total_iters, last_epoch, verbose);

            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new impl.CosineAnnealingLR(optimizer, T_max, eta_min, last_epoch, verbose);

            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                double pct_start = 0.3, impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true,
                double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 1e4, bool three_phase = false,
                int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
                    base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);
        }
    }
}
