using System.Runtime.CompilerServices;
using static TorchSharp.Bridge.Operators;

namespace TorchSharp;

public static partial class torch
{
    // Elements chosen by position, by mask or by slice.
    public partial class Tensor
    {
        public Tensor select(long dim, long index) => Call("aten::select.int", this, dim, index);
        public Tensor narrow(long dim, long start, long length) => Call("aten::narrow", this, dim, start, length);
        public Tensor slice(long dim, long start, long finish, long step) => Call("aten::slice.Tensor", this, dim, start, finish, step);
        public Tensor take(Tensor index) => Call("aten::take", this, index);
        public Tensor take_along_dim(Tensor indices) => Call("aten::take_along_dim", this, indices);
        public Tensor take_along_dim(Tensor indices, long dim) => Call("aten::take_along_dim", this, indices, dim);
        public Tensor gather(long dim, Tensor index) => Call("aten::gather", this, dim, index);
        public Tensor index_select(long dim, Tensor index) => Call("aten::index_select", this, dim, index);
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Call("aten::index_add", this, dim, index, source, alpha);
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) => InPlace("aten::index_add_", this, dim, index, source, alpha);
        public Tensor index_copy(long dim, Tensor index, Tensor source) => Call("aten::index_copy", this, dim, index, source);
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace("aten::index_copy_", this, dim, index, source);
        public Tensor index_fill(long dim, Tensor index, Scalar value) => Call("aten::index_fill.int_Scalar", this, dim, index, value);
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace("aten::index_fill_.int_Scalar", this, dim, index, value);
        public Tensor scatter(long dim, Tensor index, Tensor src) => Call("aten::scatter.src", this, dim, index, src);
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace("aten::scatter_.src", this, dim, index, src);
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Call("aten::scatter_add", this, dim, index, src);
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace("aten::scatter_add_", this, dim, index, src);
        public Tensor masked_fill(Tensor mask, Scalar value) => Call("aten::masked_fill.Scalar", this, mask, value);
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace("aten::masked_fill_.Scalar", this, mask, value);
        public Tensor masked_scatter(Tensor mask, Tensor value) => Call("aten::masked_scatter", this, mask, value);
        public Tensor masked_scatter_(Tensor mask, Tensor value) => InPlace("aten::masked_scatter_", this, mask, value);
        public Tensor masked_select(Tensor mask) => Call("aten::masked_select", this, mask);
        public Tensor where(Tensor condition, Tensor y) => Call("aten::where.self", condition, this, y);
        public Tensor nonzero() => Call("aten::nonzero", this);
        public Tensor argwhere() => Call("aten::argwhere", this);
        public IList<Tensor> nonzero_as_list() => CallList("aten::nonzero_numpy", this);
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1) => Call("aten::slice_scatter", this, src, dim, start, end, step);
        public Tensor select_scatter(Tensor src, long dim, long index) => Call("aten::select_scatter", this, src, dim, index);

        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index(Singles(indices));
            set => index_put_(value, Singles(indices));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, Singles(i1));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Singles(i1, i2));
            set => index_put_(value, Singles(i1, i2));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Singles(i1, i2, i3));
            set => index_put_(value, Singles(i1, i2, i3));
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Singles(i1, i2, i3, i4));
            set => index_put_(value, Singles(i1, i2, i3, i4));
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, positions) = Basic(indices);
            if (positions is null)
            {
                return view;
            }
            using (view)
            {
                return Call("aten::index.Tensor", view, positions);
            }
        }

        public Tensor index(params Tensor[] indices) => Call("aten::index.Tensor", this, indices);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            var (view, positions) = Basic(indices);
            using (view)
            {
                if (positions is not null)
                {
                    Run("aten::index_put_", view, positions, value, accumulate);
                }
                else if (accumulate)
                {
                    throw new ArgumentException("Accumulating needs an index that is a tensor.", nameof(indices));
                }
                else
                {
                    Run("aten::copy_", view, value);
                }
            }
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) => InPlace("aten::index_put_", this, indices, value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var tensor = Number(value);
            return index_put_(tensor, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices)
        {
            using var tensor = Number(value);
            return index_put_(tensor, indices);
        }

        private Tensor Number(Scalar value) => Call("aten::scalar_tensor", value, dtype, Bridge.Argument.Default, device);

        private static TensorIndex[] Singles(params ReadOnlySpan<long> indices)
        {
            var singles = new TensorIndex[indices.Length];
            for (var i = 0; i < singles.Length; i++)
            {
                singles[i] = indices[i];
            }
            return singles;
        }

        /// <summary>Applies the slices, numbers and new dimensions; the tensors among the indices are left, each at its dimension of the view.</summary>
        private (Tensor View, Tensor?[]? Positions) Basic(TensorIndex[] indices)
        {
            using var scope = NewDisposeScope();
            var view = alias();
            List<Tensor?>? positions = null;
            var dim = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                var index = indices[i];
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        view = view.select(dim, index.start ?? 0);
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Call("aten::slice.Tensor", view, dim++, index.start, index.stop, index.step ?? 1);
                        break;
                    case TensorIndex.Kind.None or TensorIndex.Kind.Null:
                        view = view.unsqueeze(dim++);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        dim += (int)(view.ndim - dim - indices.Skip(i + 1).Sum(later => later.Consumes));
                        break;
                    case TensorIndex.Kind.Bool:
                        view = view.unsqueeze(dim);
                        Place(ref positions, ref dim, Call("aten::scalar_tensor", index.start != 0, ScalarType.Bool, Bridge.Argument.Default, device).unsqueeze(0));
                        break;
                    case TensorIndex.Kind.Tensor:
                        Place(ref positions, ref dim, index.tensor!);
                        break;
                }
            }
            foreach (var position in positions ?? [])
            {
                position?.MoveOutOf(scope);
            }
            return (view.MoveToOuterDisposeScope(), positions?.ToArray());
        }

        private static void Place(ref List<Tensor?>? positions, ref int dim, Tensor position)
        {
            positions ??= [];
            while (positions.Count < dim)
            {
                positions.Add(null);
            }
            positions.Add(position);
            dim++;
        }

        private void MoveOutOf(DisposeScope scope)
        {
            if (OwningDisposeScope == scope)
            {
                MoveToOuterDisposeScope();
            }
        }
    }

    /// <summary>One place of an index: a number, a slice, a tensor, a new dimension, or all the rest.</summary>
    public struct TensorIndex
    {
        internal Kind kind;
        internal long? start;
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        public static readonly TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };
        public static readonly TensorIndex None = new() { kind = Kind.None };
        public static readonly TensorIndex Null = new() { kind = Kind.Null };
        public static readonly TensorIndex Colon = Slice();

        internal enum Kind { None, Single, Null, Ellipsis, Bool, Tensor, Slice }

        /// <summary>How many dimensions it uses up.</summary>
        internal readonly int Consumes => kind switch
        {
            Kind.Single or Kind.Slice => 1,
            Kind.Tensor => tensor!.dtype is ScalarType.Bool or ScalarType.Byte ? (int)tensor.ndim : 1,
            _ => 0,
        };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        public static TensorIndex Slice((int? start, int? end) range) => Slice(range.start, range.end);

        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            !range.End.IsFromEnd ? range.End.Value : range.End.Value == 0 ? null : -range.End.Value);

        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);
        public static implicit operator TensorIndex((int? start, int? end) range) => Slice(range);
        public static implicit operator TensorIndex(Range range) => Slice(range);
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
        public static implicit operator Tensor(TensorIndex value) => throw new InvalidOperationException("Should not be called.");
    }
}
