namespace Microsoft.ML.Transforms;

/// <summary>A range of numbers, or all others; NaN is in neither.</summary>
internal readonly record struct NumberRange(double Lower, double Upper, bool IncludesUpper, bool IsComplement)
{
    public bool Contains(double value) => IsComplement
        ? value < Lower || (IncludesUpper ? value > Upper : value >= Upper)
        : value >= Lower && (IncludesUpper ? value <= Upper : value < Upper);
}
