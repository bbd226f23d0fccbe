using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>The only element of a tensor as a number, the size of types and shapes, and the contents as text.</summary>
public static partial class TensorExtensionMethods
{
    public static bool ToBoolean(this Tensor value) => (bool)value;
    public static byte ToByte(this Tensor value) => (byte)value;
    public static sbyte ToSByte(this Tensor value) => (sbyte)value;
    public static short ToInt16(this Tensor value) => (short)value;
    public static int ToInt32(this Tensor value) => (int)value;
    public static long ToInt64(this Tensor value) => (long)value;
    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();
    public static float ToSingle(this Tensor value) => (float)value;
    public static double ToDouble(this Tensor value) => (double)value;

    /// <summary>The product of the lengths.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The bytes of one element.</summary>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new NotImplementedException(),
    };

    public static string metastr(this Tensor tensor) => tensor.ToString(TensorStringStyle.Metadata);

    public static string npstr(this Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);
}
