using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // The same elements in another shape or order, in pieces, or repeated.
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Call("aten::view", this, shape);
        public Tensor view_as(Tensor other) => Call("aten::view", this, other.shape);
        public Tensor reshape(params long[] shape) => Call("aten::reshape", this, shape);
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Call("aten::flatten.using_ints", this, start_dim, end_dim);
        public Tensor unflatten(long dim, params long[] sizes) => Call("aten::unflatten.int", this, dim, sizes);
        public Tensor unflatten(long dim, Size sizes) => Call("aten::unflatten.int", this, dim, sizes);
        public Tensor ravel() => Call("aten::ravel", this);
        public Tensor squeeze(long? dim = null) => dim is { } d ? Call("aten::squeeze.dim", this, d) : Call("aten::squeeze", this);
        public Tensor squeeze_(long? dim = null) => dim is { } d ? InPlace("aten::squeeze_.dim", this, d) : InPlace("aten::squeeze_", this);
        public Tensor unsqueeze(long dim) => Call("aten::unsqueeze", this, dim);
        public Tensor unsqueeze_(long dim) => InPlace("aten::unsqueeze_", this, dim);
        public Tensor contiguous() => Call("aten::contiguous", this);
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Call("aten::as_strided", this, size, strides, storageOffset);

        public Tensor t() => Call("aten::t", this);
        public Tensor T => Call("aten::numpy_T", this);
        public Tensor mT => Call("aten::mT", this);
        public Tensor H => Call("aten::matrix_H", this);
        public Tensor mH => Call("aten::mH", this);
        public Tensor transpose(long dim0, long dim1) => Call("aten::transpose.int", this, dim0, dim1);
        public Tensor transpose_(long dim0, long dim1) => InPlace("aten::transpose_", this, dim0, dim1);
        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);
        public Tensor permute(params long[] permutation) => Call("aten::permute", this, permutation);
        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);
        public Tensor movedim(long[] source, long[] destination) => Call("aten::movedim.intlist", this, source, destination);
        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor expand(params long[] sizes) => Call("aten::expand", this, sizes);
        public Tensor expand(long[] sizes, bool isImplicit = false) => Call("aten::expand", this, sizes, isImplicit);
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand(sizes.ToArray(), isImplicit);
        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);
        public Tensor expand_as(Tensor other) => expand(other.shape);
        public Tensor broadcast_to(params long[] shape) => Call("aten::broadcast_to", this, shape);
        public Tensor repeat(params long[] sizes) => Call("aten::repeat", this, sizes);
        public Tensor tile(long[] reps) => Call("aten::tile", this, reps);
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) => Call("aten::repeat_interleave.self_int", this, repeats, dim, Given(output_size));
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) => Call("aten::repeat_interleave.self_Tensor", this, repeats, dim, Given(output_size));

        public Tensor flip(params long[] dims) => Call("aten::flip", this, dims);
        public Tensor fliplr() => Call("aten::fliplr", this);
        public Tensor flipud() => Call("aten::flipud", this);
        public Tensor roll(long shifts, long? dims = null) => roll([shifts], dims is { } d ? [d] : []);
        public Tensor roll(long[] shifts) => roll(shifts, []);
        public Tensor roll(long[] shifts, long[] dims) => Call("aten::roll", this, shifts, dims);
        public Tensor rot90(long k = 1, (long, long)? dims = null) => Call("aten::rot90", this, k, dims is { } d ? new[] { d.Item1, d.Item2 } : [0L, 1L]);

        public Tensor tril(long diagonal = 0) => Call("aten::tril", this, diagonal);
        public Tensor tril_(long diagonal = 0) => InPlace("aten::tril_", this, diagonal);
        public Tensor triu(long diagonal = 0) => Call("aten::triu", this, diagonal);
        public Tensor triu_(long diagonal = 0) => InPlace("aten::triu_", this, diagonal);
        public Tensor diag(long diagonal = 0) => Call("aten::diag", this, diagonal);
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Call("aten::diagonal", this, offset, dim1, dim2);
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => Call("aten::diag_embed", this, offset, dim1, dim2);
        public Tensor unfold(long dimension, long size, long step) => Call("aten::unfold", this, dimension, size, step);

        public Tensor[] split(long size, int dim = 0) => CallList("aten::split.Tensor", this, size, dim);
        public Tensor[] split(long[] sizes, long dim = 0) => CallList("aten::split_with_sizes", this, sizes, dim);
        public Tensor[] split(params long[] sizes) => split(sizes, 0);
        public Tensor[] chunk(long chunks, long dim = 0) => CallList("aten::chunk", this, chunks, dim);
        public Tensor[] tensor_split(long size, long dim = 0) => CallList("aten::tensor_split.sections", this, size, dim);
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => CallList("aten::tensor_split.indices", this, sizes, dim);
        public Tensor[] unbind(long dimension = 0) => CallList("aten::unbind.int", this, dimension);

        private static Bridge.Argument Given(long? value) => value ?? Bridge.Argument.Default;
    }
}
