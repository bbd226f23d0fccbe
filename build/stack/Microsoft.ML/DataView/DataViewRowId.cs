using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>The identity of a row: sixteen bytes, mixed with the rounds of the 128-bit MurmurHash3.</summary>
public readonly struct DataViewRowId : IComparable<DataViewRowId>, IEquatable<DataViewRowId>
{
    private const ulong FirstFactor = 0x87c37b91114253d5;
    private const ulong SecondFactor = 0x4cf5ad432745937f;

    public readonly ulong Low;
    public readonly ulong High;

    public DataViewRowId(ulong low, ulong high)
    {
        Low = low;
        High = high;
    }

    public DataViewRowId Next() => Mix(Low, High, 0, 0);

    public DataViewRowId Fork()
    {
        var next = Next();
        return new(next.Low ^ (BitOperations.RotateLeft(FirstFactor, 31) * SecondFactor), next.High);
    }

    public DataViewRowId Combine(DataViewRowId other)
    {
        var fork = other.Fork();
        return Mix(
            Low, High,
            BitOperations.RotateLeft(fork.Low * FirstFactor, 31) * SecondFactor,
            BitOperations.RotateLeft(fork.High * SecondFactor, 33) * FirstFactor);
    }

    public int CompareTo(DataViewRowId other) => High == other.High ? Low.CompareTo(other.Low) : High.CompareTo(other.High);

    public bool Equals(DataViewRowId other) => Low == other.Low && High == other.High;

    public override bool Equals(object obj) => obj is DataViewRowId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Low, High);

    public override string ToString() => $"{High:x16}{Low:x16}";

    private static DataViewRowId Mix(ulong low, ulong high, ulong lowBlock, ulong highBlock)
    {
        low = ((BitOperations.RotateLeft(low ^ lowBlock, 27) + high) * 5) + 0x52dce729;
        high = ((BitOperations.RotateLeft(high ^ highBlock, 31) + low) * 5) + 0x38495ab5;
        return new(low, high);
    }
}
