using System.Text.Json.Serialization;

namespace MLNet.Transformers.Models;

/// <summary>What a parameter is drawn from, evenly.</summary>
public readonly record struct ValueRange
{
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    /// <exception cref="ArgumentException">One of them is not finite, or the least is above the greatest.</exception>
    [JsonConstructor]
    public ValueRange(double least, double most)
    {
        if (!double.IsFinite(least) || !double.IsFinite(most) || least > most)
            throw new ArgumentException($"There is no range from {least} to {most}.", nameof(most));
        (Least, Most) = (least, most);
    }

    /// <summary>The least value.</summary>
    public double Least { get; }

    /// <summary>The greatest value.</summary>
    public double Most { get; }

    /// <summary>As far below a value as above it.</summary>
    public static ValueRange Around(double middle, double distance) => new(middle - distance, middle + distance);

    internal double Draw(Random random) => Least + ((Most - Least) * random.NextDouble());

    /// <summary>Draws so that a ratio and its inverse are equally likely.</summary>
    internal double DrawRatio(Random random) => Math.Exp(new ValueRange(Math.Log(Least), Math.Log(Most)).Draw(random));
}
