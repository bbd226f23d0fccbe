using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The length of each dimension.</summary>
    public struct Size : IEnumerable<long>
    {
        private readonly long[]? shape;

        public static readonly Size Empty = new(Array.Empty<long>());

        public Size(long size) => shape = [size];
        public Size(long[] shape) => this.shape = [.. shape];
        public Size(IEnumerable<long> shape) => this.shape = [.. shape];
        public Size(int[] shape) => this.shape = Array.ConvertAll(shape, size => (long)size);

        public long[] Shape => shape ?? [];
        public int Length => Shape.Length;
        public bool IsEmpty => Length == 0;
        public bool IsScalar => Length == 0;
        public long this[int idx] => Shape[idx];
        public long this[long idx] => Shape[idx];

        public long numel() => Shape.Aggregate(1L, (product, size) => product * size);
        public Size Slice(int first, int next) => new(Shape[first..next]);
        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public static implicit operator Size(long size) => new(size);
        public static implicit operator Size(long[] size) => new(size);
        public static implicit operator Size((long, long) size) => new([size.Item1, size.Item2]);
        public static implicit operator Size((long, long, long) size) => new([size.Item1, size.Item2, size.Item3]);
        public static implicit operator Size((long, long, long, long) size) => new([size.Item1, size.Item2, size.Item3, size.Item4]);

        public static bool operator ==(Size left, Size right) => left.Shape.AsSpan().SequenceEqual(right.Shape);
        public static bool operator !=(Size left, Size right) => !(left == right);

        public override bool Equals(object? obj) => obj is Size other && this == other;
        public override int GetHashCode() => Shape.Aggregate(Length, HashCode.Combine);
        public override string ToString() => $"[{string.Join(", ", Shape)}]";
    }
}
