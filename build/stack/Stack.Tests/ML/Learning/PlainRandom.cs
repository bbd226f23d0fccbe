namespace Stack.Tests.ML.Learning;

/// <summary>A linear congruential generator (Numerical Recipes), so that the same rows can be made anywhere.</summary>
internal sealed class PlainRandom(uint seed)
{
    private uint _state = seed;

    /// <summary>A number from 0 to 1.</summary>
    public float Next()
    {
        _state = _state * 1664525 + 1013904223;
        return (_state >> 8) / 16777216f;
    }
}
