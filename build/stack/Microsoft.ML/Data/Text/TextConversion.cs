using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Reads a value out of text.</summary>
/// <returns>False where the text is no such value.</returns>
internal delegate bool TextParser<T>(ReadOnlyMemory<char> text, out T value);

/// <summary>How text becomes values of the standard types.</summary>
internal static class TextConversion
{
    // Only the spellings in Special are read, so the framework gets symbols that no text holds.
    private static readonly NumberFormatInfo Point = Invariant(".");
    private static readonly NumberFormatInfo Comma = Invariant(",");

    public static TextParser<T> Parser<T>(PrimitiveDataViewType type, char decimalMarker = '.', bool blankIsNaN = false) =>
        (TextParser<T>)(type is KeyDataViewType key ? KeyParser(key) : Parser(type.RawType, decimalMarker == ',' ? Comma : Point, blankIsNaN));

    public static bool TryParse<T>(ReadOnlyMemory<char> text, out T value)
        where T : struct => ((TextParser<T>)Parser(typeof(T), Point, blankIsNaN: false))(text, out value);

    private static Delegate Parser(Type type, NumberFormatInfo reals, bool blankIsNaN) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => new TextParser<sbyte>(TrySigned),
        TypeCode.Int16 => new TextParser<short>(TrySigned),
        TypeCode.Int32 => new TextParser<int>(TrySigned),
        TypeCode.Int64 => new TextParser<long>(TrySigned),
        TypeCode.Byte => new TextParser<byte>(TryUnsigned),
        TypeCode.UInt16 => new TextParser<ushort>(TryUnsigned),
        TypeCode.UInt32 => new TextParser<uint>(TryUnsigned),
        TypeCode.UInt64 => new TextParser<ulong>(TryUnsigned),
        TypeCode.Single => new TextParser<float>((text, out value) => TryReal(text.Span, reals, blankIsNaN, out value)),
        TypeCode.Double => new TextParser<double>((text, out value) => TryReal(text.Span, reals, blankIsNaN, out value)),
        TypeCode.Boolean => new TextParser<bool>(TryBoolean),
        TypeCode.DateTime => new TextParser<DateTime>(TryDateTime),
        _ when type == typeof(ReadOnlyMemory<char>) => new TextParser<ReadOnlyMemory<char>>(TryText),
        _ when type == typeof(TimeSpan) => new TextParser<TimeSpan>(TryTimeSpan),
        _ when type == typeof(DateTimeOffset) => new TextParser<DateTimeOffset>(TryDateTimeOffset),
        _ => throw Contracts.Except($"No standard conversion from '{TextDataViewType.Instance}' to '{type}'"),
    };

    private static Delegate KeyParser(KeyDataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.Byte => KeyParser<byte>(type.Count),
        TypeCode.UInt16 => KeyParser<ushort>(type.Count),
        TypeCode.UInt32 => KeyParser<uint>(type.Count),
        _ => KeyParser<ulong>(type.Count),
    };

    /// <summary>Text holds a key counted from 0; blank and the spellings of "not available" are the missing key.</summary>
    private static TextParser<T> KeyParser<T>(ulong count)
        where T : INumberBase<T> => (text, out value) =>
        {
            value = T.Zero;
            if (text.IsEmpty || IsNotAvailable(text.Span))
                return true;
            if (!ulong.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= count)
                return false;
            value = T.CreateTruncating(index + 1);
            return true;
        };

    private static bool TrySigned<T>(ReadOnlyMemory<char> text, out T value)
        where T : INumberBase<T>
    {
        value = T.Zero;
        if (text.IsEmpty)
            return true;
        return T.TryParse(text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && text.Span[0] != '+';
    }

    private static bool TryUnsigned<T>(ReadOnlyMemory<char> text, out T value)
        where T : INumberBase<T> => T.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryReal<T>(ReadOnlySpan<char> text, NumberFormatInfo format, bool blankIsNaN, out T value)
        where T : IFloatingPointIeee754<T>
    {
        var trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            value = blankIsNaN ? T.NaN : T.Zero;
            return true;
        }
        if (T.TryParse(trimmed, NumberStyles.Float, format, out value))
            return true;
        (var known, value) = trimmed switch
        {
            "?" or "NaN" => (true, T.NaN),
            "Infinity" or "\u221E" => (true, T.PositiveInfinity),
            "-Infinity" or "-\u221E" => (true, T.NegativeInfinity),
            _ => (IsNotAvailable(text), T.NaN),
        };
        return known;
    }

    private static bool IsNotAvailable(ReadOnlySpan<char> text) =>
        text is "?" || text.Equals("NA", StringComparison.OrdinalIgnoreCase)
        || text.Equals("N/A", StringComparison.OrdinalIgnoreCase) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase);

    private static bool TryBoolean(ReadOnlyMemory<char> text, out bool value)
    {
        Span<char> lower = stackalloc char[5];
        value = false;
        if (text.Length > lower.Length)
            return false;
        var known = lower[..text.Span.ToLowerInvariant(lower)];
        value = known is "t" or "y" or "1" or "+" or "+1" or "yes" or "true";
        return value || known is "" or "f" or "n" or "0" or "-" or "no" or "-1" or "false";
    }

    private static bool TryText(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> value)
    {
        value = text;
        return true;
    }

    private static bool TryTimeSpan(ReadOnlyMemory<char> text, out TimeSpan value)
    {
        value = default;
        return text.IsEmpty || TimeSpan.TryParse(text.Span, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryDateTime(ReadOnlyMemory<char> text, out DateTime value)
    {
        value = default;
        return text.IsEmpty || DateTime.TryParse(text.Span, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    private static bool TryDateTimeOffset(ReadOnlyMemory<char> text, out DateTimeOffset value)
    {
        value = default;
        return text.IsEmpty || DateTimeOffset.TryParse(text.Span, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    private static NumberFormatInfo Invariant(string decimalSeparator) => new()
    {
        NumberDecimalSeparator = decimalSeparator,
        NumberGroupSeparator = "\0",
        NaNSymbol = "\0NaN",
        PositiveInfinitySymbol = "\0Infinity",
        NegativeInfinitySymbol = "-\0Infinity",
    };
}
