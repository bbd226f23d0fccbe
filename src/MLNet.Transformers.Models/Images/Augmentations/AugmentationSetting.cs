using System.Runtime.CompilerServices;

namespace MLNet.Transformers.Models;

/// <summary>Guards of what augmentations are set to.</summary>
internal static class AugmentationSetting
{
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside the range.</exception>
    public static T Within<T>(T value, T least, T most, [CallerMemberName] string? name = null)
        where T : IComparable<T> => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");

    /// <exception cref="ArgumentOutOfRangeException">The range reaches outside the other one.</exception>
    public static ValueRange Within(ValueRange range, double least, double most, [CallerMemberName] string? name = null) =>
        new(Within(range.Least, least, most, name), Within(range.Most, least, most, name));

    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static int Positive(int value, [CallerMemberName] string? name = null) => value > 0 ? value : throw NotPositive(value, name);

    /// <exception cref="ArgumentOutOfRangeException">The range has something that is not positive.</exception>
    public static ValueRange Positive(ValueRange range, [CallerMemberName] string? name = null) => range.Least > 0 ? range : throw NotPositive(range, name);

    /// <exception cref="ArgumentOutOfRangeException">The filter is none that turns images.</exception>
    public static ResamplingFilter Turning(ResamplingFilter filter, [CallerMemberName] string? name = null) =>
        filter is ResamplingFilter.Nearest or ResamplingFilter.Bilinear or ResamplingFilter.Bicubic
            ? filter
            : throw new ArgumentOutOfRangeException(name, filter, $"{name} must be Nearest, Bilinear or Bicubic.");

    private static ArgumentOutOfRangeException NotPositive(object value, string? name) => new(name, value, $"{name} must be positive.");
}
