using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Transforms;

/// <summary>The standard conversions from one primitive type to another.</summary>
internal static class TypeConversion
{
    /// <summary>A function from the one raw type to the other; null where there is no standard conversion.</summary>
    public static Delegate FindOrNull(Type source, Type target)
    {
        if (target == typeof(ReadOnlyMemory<char>))
            return ToText(source);
        if (source == typeof(ReadOnlyMemory<char>))
            return Generic.Invoke<Delegate>((Func<Delegate>)FromText<int>, target);
        if (target == typeof(bool) && source == typeof(bool))
            return (bool value) => value;
        if (target == typeof(bool))
            return IsNumber(source) ? Generic.Invoke<Delegate>((Func<Delegate>)ToBoolean<int>, source) : null;
        if (source == typeof(bool))
            return IsSigned(target) || IsReal(target) ? Generic.Invoke<Delegate>((Func<Delegate>)FromBoolean<int>, target) : null;
        if (IsTime(source))
            return FromTime(source, target);
        if (IsUnsigned(source) && IsUnsigned(target))
            return Generic.Invoke<Delegate>((Func<Delegate>)Unsigned<byte, byte>, source, target);
        var exists = (IsReal(source) && IsReal(target)) || (IsSigned(source) && (IsSigned(target) || IsReal(target)))
            || (IsUnsigned(source) && IsReal(target));
        return exists ? Generic.Invoke<Delegate>((Func<Delegate>)Number<int, int>, source, target) : null;
    }

    private static bool IsSigned(Type type) => Type.GetTypeCode(type) is TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;
    private static bool IsUnsigned(Type type) => Type.GetTypeCode(type) is TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64;
    private static bool IsReal(Type type) => Type.GetTypeCode(type) is TypeCode.Single or TypeCode.Double;
    private static bool IsNumber(Type type) => IsSigned(type) || IsUnsigned(type) || IsReal(type);
    private static bool IsTime(Type type) => type == typeof(TimeSpan) || type == typeof(DateTime) || type == typeof(DateTimeOffset);

    private static Func<TSource, TTarget> Number<TSource, TTarget>()
        where TSource : INumberBase<TSource>
        where TTarget : INumberBase<TTarget> => TTarget.CreateTruncating;

    /// <summary>What is too large becomes 0.</summary>
    private static Func<TSource, TTarget> Unsigned<TSource, TTarget>()
        where TSource : INumberBase<TSource>
        where TTarget : INumberBase<TTarget> => value =>
        {
            var converted = TTarget.CreateTruncating(value);
            return TSource.CreateTruncating(converted) == value ? converted : TTarget.Zero;
        };

    private static Func<TSource, bool> ToBoolean<TSource>()
        where TSource : INumberBase<TSource> => value => value != TSource.Zero;

    private static Func<bool, TTarget> FromBoolean<TTarget>()
        where TTarget : INumberBase<TTarget> => value => value ? TTarget.One : TTarget.Zero;

    private static Delegate FromTime(Type source, Type target)
    {
        if (source == typeof(DateTime) && target == source)
            return (DateTime value) => value;
        if (target != typeof(long) && !IsReal(target))
            return null;
        if (source == typeof(DateTime))
            return Generic.Invoke<Delegate>(Ticks<DateTime, int>, source, target, (Func<DateTime, long>)(value => value.Ticks));
        return source == typeof(TimeSpan)
            ? Generic.Invoke<Delegate>(Ticks<TimeSpan, int>, source, target, (Func<TimeSpan, long>)(value => value.Ticks))
            : Generic.Invoke<Delegate>(Ticks<DateTimeOffset, int>, source, target, (Func<DateTimeOffset, long>)(value => value.UtcDateTime.Ticks));
    }

    private static Func<TSource, TTarget> Ticks<TSource, TTarget>(Func<TSource, long> ticks)
        where TTarget : INumberBase<TTarget> => value => TTarget.CreateTruncating(ticks(value));

    /// <summary>Text that holds no such number is NaN or 0; where there is no such value it is refused.</summary>
    private static Func<ReadOnlyMemory<char>, TTarget> FromText<TTarget>()
    {
        var parse = TextConversion.Parser<TTarget>(PrimitiveTypes.Of(typeof(TTarget)));
        var strict = IsSigned(typeof(TTarget));
        return text => parse(text, out var value) || !strict
            ? value
            : throw Contracts.Except($"Value could not be parsed from text to {CSharpName(typeof(TTarget))}.");
    }

    private static string CSharpName(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => "sbyte",
        TypeCode.Int16 => "short",
        TypeCode.Int32 => "int",
        _ => "long",
    };

    private static Delegate ToText(Type source) => Type.GetTypeCode(source) switch
    {
        TypeCode.Single => (float value) => value.ToString("G7", CultureInfo.InvariantCulture).AsMemory(),
        TypeCode.Double => (double value) => value.ToString("G17", CultureInfo.InvariantCulture).AsMemory(),
        TypeCode.Boolean => (bool value) => value.ToString().AsMemory(),
        TypeCode.DateTime => (DateTime value) => value.ToString("o", CultureInfo.InvariantCulture).AsMemory(),
        _ when source == typeof(TimeSpan) => (TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture).AsMemory(),
        _ when source == typeof(DateTimeOffset) => (DateTimeOffset value) => value.ToString("o", CultureInfo.InvariantCulture).AsMemory(),
        _ when source == typeof(ReadOnlyMemory<char>) => (ReadOnlyMemory<char> value) => value,
        _ when IsNumber(source) => Generic.Invoke<Delegate>((Func<Delegate>)WholeToText<int>, source),
        _ => null,
    };

    private static Func<TSource, ReadOnlyMemory<char>> WholeToText<TSource>()
        where TSource : INumberBase<TSource> => value => value.ToString(null, CultureInfo.InvariantCulture).AsMemory();
}
