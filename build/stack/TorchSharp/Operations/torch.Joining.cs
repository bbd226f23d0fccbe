using TorchSharp.Bridge;

namespace TorchSharp;

// Several tensors to one.
public static partial class torch
{
    public static Tensor cat(Tensor[] tensors, long dim = 0) => Operators.Call("aten::cat", tensors, dim);
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);
    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors.ToArray(), dim);
    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);
    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);
    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Operators.Call("aten::stack", tensors.ToArray(), dim);
    public static Tensor hstack(params Tensor[] tensors) => Operators.Call("aten::hstack", tensors);
    public static Tensor hstack(IList<Tensor> tensors) => hstack(tensors.ToArray());
    public static Tensor vstack(Tensor[] tensors) => Operators.Call("aten::vstack", tensors);
    public static Tensor vstack(IList<Tensor> tensors) => vstack(tensors.ToArray());
    public static Tensor column_stack(params Tensor[] tensors) => Operators.Call("aten::column_stack", tensors);
    public static Tensor block_diag(params Tensor[] tensors) => Operators.Call("aten::block_diag", tensors);
    public static Tensor cartesian_prod(params Tensor[] tensors) => Operators.Call("aten::cartesian_prod", tensors);
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => Operators.CallList("aten::meshgrid.indexing", tensors.ToArray(), indexing);
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Operators.CallList("aten::broadcast_tensors", tensors);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Operators.Call("aten::einsum", equation, tensors);
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) => Operators.Call("aten::cdist", x1, x2, p, (long)compute_mode);
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Operators.Call("aten::searchsorted.Tensor", sorted_sequence, values, out_int32, right, null as string, sorter);
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);
    public static Tensor[] where(Tensor condition) => Operators.CallList("aten::where", condition);
    public static Tensor complex(Tensor real, Tensor imag) => Operators.Call("aten::complex", real, imag);
    public static Tensor polar(Tensor abs, Tensor angle) => Operators.Call("aten::polar", abs, angle);
    public static Tensor clone(Tensor input) => input.clone();
    public static long numel(Tensor input) => input.numel();
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);
    public static Tensor movedim(Tensor input, long source, long destination) => input.movedim([source], [destination]);
    public static Tensor moveaxis(Tensor input, long source, long destination) => input.movedim([source], [destination]);
    public static bool is_tensor(object obj) => obj is Tensor;
}
