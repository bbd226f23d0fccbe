namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Up to the greatest rate, then down to almost nothing, in one cycle (Smith and Topin, 2018).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly (double end, double from, double to)[] _phases;
                    private readonly AnnealStrategy _strategy;
                    private readonly int _total;

                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum || three_phase)
                            throw new NotSupportedException("This stack's OneCycleLR has two phases and leaves momentum alone.");
                        _total = total_steps > 0 ? total_steps : epochs * steps_per_epoch;
                        if (_total <= 0)
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        _strategy = anneal_strategy;
                        var first = max_lr / div_factor;
                        _phases = [(pct_start * _total - 1, first, max_lr), (_total - 1, max_lr, first / final_div_factor)];
                        for (var i = 0; i < _baseRates.Count; i++)
                            _baseRates[i] = first;
                        step();
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_epoch > _total)
                            throw new InvalidOperationException($"Tried to step {_epoch + 1} times. The specified number of total steps is {_total}");
                        var (rise, fall) = (_phases[0], _phases[1]);
                        var rate = _epoch <= rise.end
                            ? Anneal(rise.from, rise.to, _epoch / rise.end)
                            : Anneal(fall.from, fall.to, (_epoch - rise.end) / (fall.end - rise.end));
                        return _baseRates.Select(_ => rate);
                    }

                    private double Anneal(double from, double to, double share) => _strategy == AnnealStrategy.Linear
                        ? from + (to - from) * share
                        : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * share));
                }
            }
        }
    }
}
