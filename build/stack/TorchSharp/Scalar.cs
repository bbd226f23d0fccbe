using System.Numerics;
using TorchSharp.Bridge;

namespace TorchSharp;

/// <summary>A number that meets a tensor: true or false, an integer, a real or a complex one. Libtorch sees it as 64 bits wide.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly ValueKind Kind;
    internal readonly long Bits;
    internal readonly Complex Complex;

    private Scalar(ValueKind kind, long bits) => (Kind, Bits) = (kind, bits);

    private Scalar(Complex value) => (Kind, Complex) = (ValueKind.Complex, value);

    public torch.ScalarType Type => Kind switch
    {
        ValueKind.Bool => torch.ScalarType.Bool,
        ValueKind.Int => torch.ScalarType.Int64,
        ValueKind.Double => torch.ScalarType.Float64,
        _ => torch.ScalarType.ComplexFloat64,
    };

    public static implicit operator Scalar(bool value) => new(ValueKind.Bool, value ? 1 : 0);
    public static implicit operator Scalar(byte value) => new(ValueKind.Int, value);
    public static implicit operator Scalar(sbyte value) => new(ValueKind.Int, value);
    public static implicit operator Scalar(short value) => new(ValueKind.Int, value);
    public static implicit operator Scalar(int value) => new(ValueKind.Int, value);
    public static implicit operator Scalar(long value) => new(ValueKind.Int, value);
    public static implicit operator Scalar(Half value) => (double)value;
    public static implicit operator Scalar(float value) => (double)value;
    public static implicit operator Scalar(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Scalar((float, float) value) => new Complex(value.Item1, value.Item2);
    public static implicit operator Scalar(Complex value) => new(value);

    /// <summary>Nothing to free here; the real Scalar owns memory, so callers dispose it.</summary>
    public void Dispose()
    {
    }

    internal static unsafe Scalar From(in NativeValue value) => value.Kind switch
    {
        ValueKind.Complex => new Scalar(new Complex(((double*)value.Bits)[0], ((double*)value.Bits)[1])),
        _ => new Scalar(value.Kind, value.Bits),
    };

    internal double AsDouble() => Kind switch
    {
        ValueKind.Double => BitConverter.Int64BitsToDouble(Bits),
        ValueKind.Complex => Complex.Real,
        _ => Bits,
    };

    internal long AsLong() => Kind is ValueKind.Double or ValueKind.Complex ? (long)AsDouble() : Bits;
}

/// <summary>Conversions between numbers and scalars.</summary>
public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this bool value) => value;
    public static Scalar ToScalar(this byte value) => value;
    public static Scalar ToScalar(this sbyte value) => value;
    public static Scalar ToScalar(this short value) => value;
    public static Scalar ToScalar(this int value) => value;
    public static Scalar ToScalar(this long value) => value;
    public static Scalar ToScalar(this Half value) => value;
    public static Scalar ToScalar(this float value) => value;
    public static Scalar ToScalar(this double value) => value;
    public static Scalar ToScalar(this (float, float) value) => value;
    public static Scalar ToScalar(this Complex value) => value;

    public static bool ToBoolean(this Scalar value) => value.AsDouble() != 0;
    public static byte ToByte(this Scalar value) => (byte)value.AsLong();
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsLong();
    public static short ToInt16(this Scalar value) => (short)value.AsLong();
    public static int ToInt32(this Scalar value) => (int)value.AsLong();
    public static long ToInt64(this Scalar value) => value.AsLong();
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble();
    public static float ToSingle(this Scalar value) => (float)value.AsDouble();
    public static double ToDouble(this Scalar value) => value.AsDouble();
    public static Complex ToComplexFloat64(this Scalar value) => value.Kind == ValueKind.Complex ? value.Complex : value.AsDouble();
}
