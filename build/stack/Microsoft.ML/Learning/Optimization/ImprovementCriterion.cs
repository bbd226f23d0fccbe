namespace Microsoft.ML.Trainers;

/// <summary>Ends an optimisation when the geometrically weighted mean of its improvements falls below a tolerance.</summary>
internal sealed class ImprovementCriterion(float tolerance, int maximumIterations)
{
    private const float Decay = 0.25f;
    private float _weightedImprovements;

    public bool IsMet(float lastValue, float value, int iteration)
    {
        _weightedImprovements = lastValue - value + Decay * _weightedImprovements;
        var mean = _weightedImprovements * (1 - Decay) / (1 - MathF.Pow(Decay, iteration));
        return mean < tolerance || iteration >= maximumIterations;
    }
}
