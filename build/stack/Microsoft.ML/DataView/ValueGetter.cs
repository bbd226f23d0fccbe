namespace Microsoft.ML;

/// <summary>Writes the current row's value of a column, reusing what <paramref name="value"/> holds where it can.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
