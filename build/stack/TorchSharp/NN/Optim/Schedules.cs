namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                public class LambdaLR : LRScheduler
                {
                    private readonly List<Func<int, double>> _factors;

                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, optimizer.ParamGroups.Select(_ => lr_lambda), last_epoch, verbose)
                    {
                    }

                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. lr_lambdas];
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => _baseRates.Select((rate, i) => rate * _factors[i](_epoch));
                }

                public class StepLR : LRScheduler
                {
                    private readonly int _stepSize;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_stepSize, _gamma) = (step_size, gamma);
                        step();
                    }

                    protected override IEnumerable<double> get_lr() =>
                        _epoch == 0 || _epoch % _stepSize != 0 ? CurrentRates : CurrentRates.Select(rate => rate * _gamma);

                    protected override IEnumerable<double> get_closed_form_lr() => _baseRates.Select(rate => rate * Math.Pow(_gamma, _epoch / _stepSize));
                }

                public class LinearLR : LRScheduler
                {
                    private readonly double _start;
                    private readonly double _end;
                    private readonly int _total;

                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1.0, int total_iters = 5,
                        int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_start, _end, _total) = (start_factor, end_factor, total_iters);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_epoch > _total)
                            return CurrentRates;
                        var factor = _epoch == 0 ? _start : 1 + (_end - _start) / (_total * _start + (_epoch - 1) * (_end - _start));
                        return CurrentRates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _baseRates.Select(rate => rate * (_start + (_end - _start) * Math.Min(_total, _epoch) / _total));
                }

                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period;
                    private readonly double _least;

                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        (_period, _least) = (T_max, eta_min);
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (_epoch == 0)
                            return CurrentRates;
                        if ((_epoch - 1 - _period) % (2 * _period) == 0)
                            return CurrentRates.Zip(_baseRates, (rate, start) => rate + (start - _least) * (1 - Math.Cos(Math.PI / _period)) / 2);
                        var factor = (1 + Math.Cos(Math.PI * _epoch / _period)) / (1 + Math.Cos(Math.PI * (_epoch - 1) / _period));
                        return CurrentRates.Select(rate => factor * (rate - _least) + _least);
                    }

                    protected override IEnumerable<double> get_closed_form_lr() =>
                        _baseRates.Select(rate => _least + (rate - _least) * (1 + Math.Cos(Math.PI * _epoch / _period)) / 2);
                }
            }
        }
    }
}
