using System.Globalization;

namespace Microsoft.ML.Transforms;

/// <summary>How values are written as text: shortest exact numbers, ? for NaN, keys from 0.</summary>
internal static class TextFormatting
{
    public static Func<T, string> Formatter<T>(DataViewType type) =>
        (Func<T, string>)(type is KeyDataViewType key ? KeyFormatter(key) : Formatter(type.RawType));

    private static Delegate Formatter(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => Invariant<sbyte>(),
        TypeCode.Byte => Invariant<byte>(),
        TypeCode.Int16 => Invariant<short>(),
        TypeCode.UInt16 => Invariant<ushort>(),
        TypeCode.Int32 => Invariant<int>(),
        TypeCode.UInt32 => Invariant<uint>(),
        TypeCode.Int64 => Invariant<long>(),
        TypeCode.UInt64 => Invariant<ulong>(),
        TypeCode.Single => (float value) => float.IsNaN(value) ? "?" : value.ToString("R", CultureInfo.InvariantCulture),
        TypeCode.Double => (double value) => double.IsNaN(value) ? "?" : value.ToString("G17", CultureInfo.InvariantCulture),
        TypeCode.Boolean => (bool value) => value ? "1" : "0",
        TypeCode.DateTime => (DateTime value) => value.ToString("o", CultureInfo.InvariantCulture),
        _ when type == typeof(TimeSpan) => (TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture),
        _ when type == typeof(DateTimeOffset) => (DateTimeOffset value) => value.ToString("o", CultureInfo.InvariantCulture),
        _ when type == typeof(ReadOnlyMemory<char>) => (ReadOnlyMemory<char> value) => value.ToString(),
        _ => throw Contracts.Except($"No conversion from '{type}' to StringBuilder"),
    };

    private static Func<T, string> Invariant<T>()
        where T : IFormattable => value => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Keys are written from 0, a missing one as nothing.</summary>
    private static Delegate KeyFormatter(KeyDataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.Byte => (byte key) => Key(key, type.Count),
        TypeCode.UInt16 => (ushort key) => Key(key, type.Count),
        TypeCode.UInt32 => (uint key) => Key(key, type.Count),
        _ => (ulong key) => Key(key, type.Count),
    };

    private static string Key(ulong key, ulong count) =>
        key == 0 || key > count ? "" : (key - 1).ToString(CultureInfo.InvariantCulture);
}
