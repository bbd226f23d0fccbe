using TorchSharp.Bridge;

namespace TorchSharp;

// Regular sequences, the identity, random integers, and tensors like others.
public static partial class torch
{
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        var whole = is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type);
        return With(Operators.Call("aten::arange.start_step", start, stop, step, dtype ?? (whole ? ScalarType.Int64 : defaultType), Argument.Default, InitializeDevice(device)), requires_grad);
    }

    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        With(Operators.Call("aten::linspace", start, end, steps, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad);

    public static Tensor logspace(double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        With(Operators.Call("aten::logspace", start, end, steps, @base, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad);

    public static Tensor eye(long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        With(Operators.Call("aten::eye.m", rows, columns == -1 ? rows : columns, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad, names);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        With(Operators.Call("aten::randint.low_generator", low, high, size, generator, dtype ?? ScalarType.Int64, Argument.Default, InitializeDevice(device)), requires_grad, names);

    public static Tensor randint(long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        With(Operators.Call("aten::randperm.generator", n, generator, dtype ?? ScalarType.Int64, Argument.Default, InitializeDevice(device)), requires_grad);

    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn(size, dtype, device, false, generator, names).mul_(std).add_(mean).requires_grad_(requires_grad);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Operators.Call("aten::tril_indices", row, col, offset, dtype, Argument.Default, InitializeDevice(device));

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Operators.Call("aten::triu_indices", row, col, offset, dtype, Argument.Default, InitializeDevice(device));

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => With(input.empty_like(dtype, device), requires_grad, names);
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => With(input.zeros_like(dtype, device), requires_grad, names);
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => With(input.ones_like(dtype, device), requires_grad, names);
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) => With(input.full_like(value, dtype, device), requires_grad, names);
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => input.rand_like(dtype, device, requires_grad);
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => input.randn_like(dtype, device, requires_grad);
    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => input.randint_like(low, high, dtype, device, requires_grad);

    public static Tensor hann_window(long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        With(Operators.Call("aten::hann_window.periodic", len, periodic, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad);

    public static Tensor hamming_window(long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        With(Operators.Call("aten::hamming_window.periodic_alpha_beta", len, periodic, (double)alpha, (double)beta, dtype ?? defaultType, Argument.Default, InitializeDevice(device)), requires_grad);
}
