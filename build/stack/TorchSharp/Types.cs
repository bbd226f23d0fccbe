using System.Numerics;

namespace TorchSharp;

public static partial class torch
{
    public static readonly ScalarType uint8 = ScalarType.Byte;
    public static readonly ScalarType int8 = ScalarType.Int8;
    public static readonly ScalarType int16 = ScalarType.Int16;
    public static readonly ScalarType int32 = ScalarType.Int32;
    public static readonly ScalarType int64 = ScalarType.Int64;
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType float16 = ScalarType.Float16;
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType float64 = ScalarType.Float64;
    public static readonly ScalarType complex64 = ScalarType.ComplexFloat32;
    public static readonly ScalarType complex128 = ScalarType.ComplexFloat64;

    public static readonly ScalarType @short = ScalarType.Int16;
    public static readonly ScalarType @int = ScalarType.Int32;
    public static readonly ScalarType @long = ScalarType.Int64;
    public static readonly ScalarType half = ScalarType.Float16;
    public static readonly ScalarType @float = ScalarType.Float32;
    public static readonly ScalarType @double = ScalarType.Float64;
    public static readonly ScalarType cfloat = ScalarType.ComplexFloat32;
    public static readonly ScalarType cdouble = ScalarType.ComplexFloat64;
    public static readonly ScalarType @bool = ScalarType.Bool;

    private static ScalarType defaultType = ScalarType.Float32;

    public static ScalarType get_default_dtype() => defaultType;

    public static void set_default_dtype(ScalarType dtype) => defaultType = dtype;

    public static bool is_integral(ScalarType type) => type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;
    public static bool is_floating_point(ScalarType type) => type is ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64;
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    public static bool is_integral(Tensor t) => t.is_integral();
    public static bool is_floating_point(Tensor input) => input.is_floating_point();
    public static bool is_complex(Tensor input) => input.is_complex();

    /// <summary>The element type that holds values of a .NET type.</summary>
    internal static ScalarType ToScalarType(Type type) =>
        type == typeof(bool) ? ScalarType.Bool
        : type == typeof(byte) ? ScalarType.Byte
        : type == typeof(sbyte) ? ScalarType.Int8
        : type == typeof(short) ? ScalarType.Int16
        : type == typeof(int) ? ScalarType.Int32
        : type == typeof(long) ? ScalarType.Int64
        : type == typeof(Half) ? ScalarType.Float16
        : type == typeof(float) ? ScalarType.Float32
        : type == typeof(double) ? ScalarType.Float64
        : type == typeof((float, float)) ? ScalarType.ComplexFloat32
        : type == typeof(Complex) ? ScalarType.ComplexFloat64
        : throw new NotSupportedException($"The type {type.FullName} is not supported.");

    /// <summary>The limits of a floating-point type.</summary>
    public struct FInfo
    {
        public int bits;
        public double eps;
        public double max;
        public double min;
        public double tiny;
        public double smallest_normal;
        public double resolution;
    }

    public static FInfo finfo() => finfo(defaultType);

    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float64 => Limits(64, Math.Pow(2, -52), double.MaxValue, Math.Pow(2, -1022), 1e-15),
        ScalarType.Float32 => Limits(32, Math.Pow(2, -23), float.MaxValue, Math.Pow(2, -126), 1e-6),
        ScalarType.Float16 => Limits(16, Math.Pow(2, -10), 65504, Math.Pow(2, -14), 1e-3),
        ScalarType.BFloat16 => Limits(16, Math.Pow(2, -7), Math.Pow(2, 128) - Math.Pow(2, 120), Math.Pow(2, -126), 1e-2),
        _ => throw new ArgumentException($"{dtype} is not a floating-point type.", nameof(dtype)),
    };

    private static FInfo Limits(int bits, double eps, double max, double tiny, double resolution) =>
        new() { bits = bits, eps = eps, max = max, min = -max, tiny = tiny, smallest_normal = tiny, resolution = resolution };
}
