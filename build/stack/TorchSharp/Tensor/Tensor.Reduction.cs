using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // Many elements to one, along all dimensions or some; and running totals.
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Call("aten::sum", this, type);
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Sum([dim], keepdim, type);
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => Sum([dim0, dim1], keepdim, type);
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => Sum([dim0, dim1, dim2], keepdim, type);
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Sum(dim.ToArray(), keepdim, type);
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Sum(dim, keepdim, type);
        public Tensor nansum() => Call("aten::nansum", this);

        public Tensor mean() => Call("aten::mean", this);
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Call("aten::mean.dim", this, dimensions, keepdim, type);
        public Tensor prod(ScalarType? type = null) => Call("aten::prod", this, type);
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Call("aten::prod.dim_int", this, dim, keepdim, type);

        public Tensor std(bool unbiased = true) => Call("aten::std", this, unbiased);
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => std([dim], unbiased, keepdim, type);
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(Call("aten::std.dim", this, dimensions, unbiased, keepdim), type);
        public Tensor var(bool unbiased = true) => Call("aten::var", this, unbiased);
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => var([dim], unbiased, keepdim, type);
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => As(Call("aten::var.dim", this, dimensions, unbiased, keepdim), type);
        public (Tensor var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Both(Call2("aten::var_mean.dim", this, dimensions, unbiased, keepdim), type);
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) => Both(Call2("aten::std_mean.dim", this, dimensions, unbiased, keepdim), type);
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Call2("aten::var_mean", this, unbiased);
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Call2("aten::std_mean", this, unbiased);

        public Tensor norm(float p = 2) => Call("aten::norm.Scalar", this, p);
        public Tensor norm(int dim, bool keepdim = false, float p = 2) => Call("aten::norm.ScalarOpt_dim", this, p, new long[] { dim }, keepdim);
        public Tensor dist(Tensor other, float p = 2) => Call("aten::dist", this, other, p);
        public Tensor logsumexp(long dim, bool keepdim = false) => Call("aten::logsumexp", this, new[] { dim }, keepdim);

        public Tensor all() => Call("aten::all", this);
        public Tensor all(long dim, bool keepdim = false) => Call("aten::all.dim", this, dim, keepdim);
        public Tensor any() => Call("aten::any", this);
        public Tensor any(long dim, bool keepdim = false) => Call("aten::any.dim", this, dim, keepdim);
        public Tensor count_nonzero(long[]? dims = null) => dims is null ? Call("aten::count_nonzero", this) : Call("aten::count_nonzero.dim_IntList", this, dims);

        public Tensor max() => Call("aten::max", this);
        public Tensor max(Tensor other) => Call("aten::max.other", this, other);
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Call2("aten::max.dim", this, dim, keepdim);
        public Tensor min() => Call("aten::min", this);
        public Tensor min(Tensor other) => Call("aten::min.other", this, other);
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Call2("aten::min.dim", this, dim, keepdim);
        public Tensor amax(params long[] dims) => Call("aten::amax", this, dims);
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null ? Call("aten::amax", this, dims, keepdim) : Call("aten::amax.out", this, dims, keepdim, @out);
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => @out is null ? Call("aten::amin", this, dims, keepdim) : Call("aten::amin.out", this, dims, keepdim, @out);
        public Tensor amin(params long[] dims) => Call("aten::amin", this, dims);
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Call2("aten::aminmax", this, dim, keepdim);
        public Tensor argmax() => Call("aten::argmax", this);
        public Tensor argmax(long dim, bool keepdim = false) => Call("aten::argmax", this, dim, keepdim);
        public Tensor argmin() => Call("aten::argmin", this);
        public Tensor argmin(long dim, bool keepdim = false) => Call("aten::argmin", this, dim, keepdim);
        public Tensor median() => Call("aten::median", this);
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => Call2("aten::mode", this, dim, keepdim);
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Call("aten::quantile", this, q, dim, keepdim);
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Call2("aten::kthvalue", this, k, dim ?? -1, keepdim);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Call2("aten::topk", this, k, dim, largest, sorted);
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Call2("aten::sort.stable", this, stable, dim, descending);
        public Tensor argsort(long dim = -1, bool descending = false) => Call("aten::argsort", this, dim, descending);
        public Tensor msort() => Call("aten::msort", this);

        public Tensor cumsum(long dim, ScalarType? type = null) => Call("aten::cumsum", this, dim, type);
        public Tensor cumprod(long dim, ScalarType? type = null) => Call("aten::cumprod", this, dim, type);
        public (Tensor values, Tensor indexes) cummax(long dim) => Call2("aten::cummax", this, dim);
        public (Tensor values, Tensor indexes) cummin(long dim) => Call2("aten::cummin", this, dim);
        public Tensor logcumsumexp(long dim) => Call("aten::logcumsumexp", this, dim);
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => Call("aten::diff", this, n, dim, prepend, append);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Call("aten::bincount", this, weights, minlength);
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Call("aten::histc", this, bins, min, max);
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) => Call("aten::bucketize.Tensor", this, boundaries, outInt32, right);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) => Asked(
            dim is { } d ? Call3("aten::unique_dim", this, d, sorted, return_inverse, return_counts) : Call3("aten::_unique2", this, sorted, return_inverse, return_counts), return_inverse, return_counts);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Asked(Call3("aten::unique_consecutive", this, return_inverse, return_counts, (long?)dim), return_inverse, return_counts);

        private Tensor Sum(long[] dim, bool keepdim, ScalarType? type) => Call("aten::sum.dim_IntList", this, dim, keepdim, type);

        private static Tensor As(Tensor result, ScalarType? type)
        {
            if (type is null || type == result.dtype)
            {
                return result;
            }
            using var original = result;
            return original.to(type.Value);
        }

        private static (Tensor, Tensor) Both((Tensor First, Tensor Second) results, ScalarType? type) => (As(results.First, type), As(results.Second, type));

        private static (Tensor, Tensor?, Tensor?) Asked((Tensor Output, Tensor Inverse, Tensor Counts) found, bool inverse, bool counts)
        {
            if (!inverse)
            {
                found.Inverse.Dispose();
            }
            if (!counts)
            {
                found.Counts.Dispose();
            }
            return (found.Output, inverse ? found.Inverse : null, counts ? found.Counts : null);
        }
    }
}
